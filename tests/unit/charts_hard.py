"""Labels that pictures must survive."""

HARD = (
    '<script>alert(1)</script> & "quotes" \' and more',
    "👩🏽‍🏫 Écoles françaises: élèves à l'aise 🎉🎉",
    "A very long label that goes on and on until it has eighty characters, which is it",
    "$x^2$ and $5 to $6 \\frac",
    "家族とのパートナーシップを深めるための取り組み",
    "שלום עולם priority",
    "x",
    "W" * 80,
    "Nine\x00\x0b\ttabs\nand ]]> lines\ufffe",
)
