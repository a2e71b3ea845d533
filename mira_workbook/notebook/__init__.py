"""What a workbook's cells call: `open_workbook("priority_setting")`, then `workbook.step("rank")` for each step."""

from mira_workbook.notebook.guide import Guide, open_workbook

__all__ = ["Guide", "open_workbook"]
