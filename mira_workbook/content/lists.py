"""Lists that all workbooks share: ids that are stored, labels that are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: an id that is stored, a label that is read, and a line of help."""

    id: str
    label: str
    help: str = ""


REPORT_OF: Mapping[str, str] = MappingProxyType(
    {
        "administrator": "administrator",
        "teacher_k2": "teacher",
        "teacher_35": "teacher",
        "teacher_secondary": "teacher",
        "special_education": "teacher",
        "coach": "support",
        "assistant": "support",
        "student_support": "support",
        "related_arts": "support",
        "family": "partners",
        "student": "partners",
        "district_office": "partners",
        "community": "partners",
        "other": "partners",
    }
)
"""Role group to report group, the label that role steps show."""


def _options(*rows: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(*row) for row in rows)


SHARED: Mapping[str, tuple[Option, ...]] = MappingProxyType(
    {
        "role_group": _options(
            ("administrator", "Leads the school"),
            ("teacher_k2", "Teaches, kindergarten to grade 2"),
            ("teacher_35", "Teaches, grades 3 to 5"),
            ("teacher_secondary", "Teaches, middle or high school"),
            ("special_education", "Teaches special education"),
            ("coach", "Coaches teachers"),
            ("assistant", "Assists in classrooms"),
            ("student_support", "Supports students, such as counselor or nurse"),
            ("related_arts", "Teaches related arts"),
            ("family", "Family of a student"),
            ("student", "Student"),
            ("district_office", "Works at the district office"),
            ("community", "From the community"),
            ("other", "Something else"),
        ),
        "report_group": _options(
            ("administrator", "school leader"),
            ("teacher", "teacher"),
            ("support", "support staff"),
            ("partners", "partner"),
        ),
        "evidence_kind": _options(
            ("numbers", "Numbers"),
            ("observation", "What we saw"),
            ("student_voice", "What students say"),
            ("family_voice", "What families say"),
            ("staff_voice", "What staff say"),
            ("documents", "Documents"),
            ("none_yet", "None yet"),
        ),
        "cause_category": _options(
            ("time_schedule", "Time and schedule"),
            ("people_skills", "People and skills"),
            ("practice_routines", "Practice and routines"),
            ("materials_tools", "Materials and tools"),
            ("data_information", "Data and information"),
            ("communication_decisions", "Communication and decisions"),
            ("family_community", "Family and community"),
            ("policy_funding", "Policy and funding"),
        ),
        "fund": _options(
            ("general", "General fund"),
            ("title_i", "Title I"),
            ("title_ii", "Title II"),
            ("title_iii", "Title III"),
            ("idea", "IDEA"),
            ("esser", "ESSER"),
            ("state", "State"),
            ("grant", "Grant"),
            ("donation", "Donation"),
            ("other", "Other"),
        ),
        "decision": _options(
            ("grow", "Grow"),
            ("keep", "Keep"),
            ("reshape", "Reshape"),
            ("release", "Release"),
            ("need_info", "Need to know more"),
        ),
    }
)
"""List name to options, in the order they are shown."""


def report_word(role_group: str) -> str:
    """Say a role group as its report group: “support staff”."""
    labels = {option.id: option.label for option in SHARED["report_group"]}
    return labels[REPORT_OF.get(role_group, "partners")]
