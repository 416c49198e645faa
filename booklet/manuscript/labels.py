"""The words the templates print, one file per language."""

from pydantic import BaseModel, ConfigDict


class Labels(BaseModel):
    """Every word on a page that no author wrote; `booklet/labels/<language>.yaml`.

    `{braces}` in a label are filled in when it is printed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    for_patient: str
    for_family: str
    size_standard: str
    size_large: str
    size_giant: str
    size_screen: str
    draft: str
    contents: str
    skip_to_contents: str
    page: str
    version: str
    prepared: str
    other_formats_title: str
    other_formats: str
    tone_advice: str
    tone_soon: str
    tone_emergency: str
    key_points: str
    treatment_what: str
    treatment_given: str
    treatment_where: str
    treatment_why: str
    treatment_risks: str
    treatment_limits: str
    treatment_ask: str
    phone: str
    website: str
    read_story: str
    questions: str
    source_published: str
    source_checked: str
    record_title: str
    record_for: str
    record_written_by: str
    record_approved_by: str
    record_approved_on: str
    record_review_due: str
    record_nobody_yet: str
    record_owner: str
    record_terms: str
    record_publisher: str
    record_feedback: str
    someone_to_talk_to: str
    your_notes: str
    link_call: str
    link_email: str
    link_inside: str
    link_outside: str
