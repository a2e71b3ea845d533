"""What is said about rows that come from a spreadsheet, and on buttons that add or fill several rows."""

SENTENCES: dict[str, str | tuple[str, str]] = {
    "rows_number": "Line {line}: {column} ‘{value}’ is not a number.",
    "rows_day": "Line {line}: {column} ‘{value}’ is not a day such as 2025-05-30.",
    "rows_choice": "Line {line}: {column} ‘{value}’ is not one of the choices.",
    "rows_choice_near": "Line {line}: {column} ‘{value}’ is not one of the choices. Did you mean ‘{near}’?",
    "rows_cell": "Line {line}: {column}: {why}",
    "rows_nameless": "Line {line}: {column} is missing.",
    "rows_twice": "Line {line}: ‘{value}’ stands in line {earlier} already.",
    "rows_wide": "Line {line} has more cells than the first line has names.",
    "rows_unreadable": "Line {line} cannot be read.",
    "rows_no_header": "The first line should name the columns: {columns}.",
    "rows_unknown": "‘{name}’ is not a column here.",
    "rows_unknown_near": "‘{name}’ is not a column here. Did you mean ‘{near}’?",
    "rows_double": "‘{name}’ stands twice in the first line.",
    "rows_without": "The first line needs ‘{name}’.",
    "rows_too_many": "That would make {n} rows, and {max} fit. Take out {over} and try again.",
    "rows_too_long": "This is too long to read at once. {max} rows fit here.",
    "rows_nothing": "There is no row below the first line.",
    "rows_more": ("And one more line.", "And {n} more lines."),
    "rows_not_here": "Rows cannot be brought in here now.",
    "bulk_as_they_are": ("Keep this one as it is", "Keep these {n} as they are"),
}
