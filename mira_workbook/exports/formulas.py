"""How each measure is computed, in one line for the codebook."""

from collections.abc import Mapping
from types import MappingProxyType

FORMULAS: Mapping[str, str] = MappingProxyType(
    {
        "M01": "answered / expected, of people or pairs",
        "M02": "sum of n_j (n_j - 1) / (n (n - 1)), n_j people with pick j: the chance that two people picked the same",
        "M03": "largest n_j / n, n_j people with pick j",
        "M04": "Kendall's W = 12 S / (m^2 (k^3 - k) - m sum T), corrected for ties; m people, k items",
        "M05": "sum over people of (k - rank): one point for every item placed under it",
        "M06": "people who placed one item above the other; an item wins all pairs with more than half of each",
        "M07": "(highest points - next) / (m (k - 1))",
        "M08": "1 + sum p_i log2(1 - |x_i - mean| / (high - low)), p_i the share of rating x_i (Tastle, Wierman 2007)",
        "M09": "mean and least hand, hands below 3; passed when all have shown a hand and the team's own rule holds",
        "M10": "agreement after - agreement before; for ratings M08 of round 2 - M08 of round 1",
        "M11": "people whose first pick changed / people in both rounds",
        "M12": "sum of matches / (2 x ratings), each match 0, 1 or 2",
        "M13": "minutes let go - minutes that other staff take on",
        "M15": (
            "100 (0.5 R / 3 + 0.3 E / 3 + 0.2 I / 3), R, E and I the mean ratings of removes, evidence and influence "
            "without “don't know yet”; the weights are the settings m15_removes, m15_evidence and m15_influence"
        ),
        "M16": "(amounts for the symptom + half of those for both) / amounts for symptom, both and cause",
        "M17": "M02 of the categories in which pairs' last whys lie",
        "M18": "mean of ratings 0 to 3 without “don't know yet”; M08 of the same; dk / (ratings + dk)",
        "M19": (
            "sum of amounts with a mean alignment from 2.0 / sum of amounts; "
            "weighted: sum of amount (mean / 3) / sum of amounts"
        ),
        "M20": "sum of money whose fund ends by the day; its share of all money; the same of what is aligned",
        "M21": (
            "freed = sum max(0, now - after); flexible = the same where the fund may move and does not itself end; "
            "need = sum of after where money ends by the day, else max(0, after - now); gap = need - flexible; "
            "reduced, usable (where people stay) and needed minutes likewise"
        ),
        "M36": "required fields answered / required fields",
    }
)
"""Measure number to its formula."""
