"""A run's report, made from the journal alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from desktop.domain.errors import Uncertain
from desktop.domain.ids import OrganizationId, RunId
from desktop.plans.plan import ImportSummary, Plan
from desktop.plans.steps import (
    DEFAULT_COLLECTION,
    CreateClient,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteMembers,
    PutPolicy,
    Ref,
    Say,
    VerifyImport,
    ref_to,
)
from desktop.services.execution import Work
from desktop.services.handle_client import MISSING
from desktop.services.run_types import (
    DONE,
    DONE_RUN,
    FAILED,
    LISTING,
    UNKNOWN,
    ImportReport,
    RunPayload,
    RunReport,
    StepOutcome,
    UncertainChunk,
)
from desktop.services.twins import TWINS


def report_of(
    run: RunId,
    payload: RunPayload,
    works: list[Work],
    state: str,
    *,
    waited_s: float = 0.0,
    names: Mapping[Ref, str] | None = None,
) -> RunReport:
    """Everything a person may want to keep of a run. No secrets. `names`: paths of collections
    that were there before.
    """
    plan = payload.plan
    ends = [one.result.at for one in works if one.result is not None and one.result.at is not None]
    return RunReport(
        run=run,
        title=plan.title,
        state=state,
        steps=tuple(outcome_of(work) for work in works),
        organization_id=_client(plan.client, works),
        client_name=plan.client_name,
        imported=_imported(plan.import_summary, works) if plan.import_summary else None,
        notes=tuple(_notes(works)),
        created=payload.created,
        ended=max(ends) if ends and state == DONE_RUN else None,
        made=made_by(works),
        already=plan.already,
        waited_s=waited_s,
        uncertain=tuple(_uncertain(plan, works, names or {})),
        undoes=plan.undoes,
    )


def is_uncertain(work: Work) -> bool:
    """A chunk that was sent once, without anybody being able to look it up."""
    if not isinstance(work.step, ImportItems) or work.state != UNKNOWN:
        return False
    # Journals of former versions do not say why.
    return work.result is None or work.result.problem in {None, Uncertain.__name__}


def _uncertain(plan: Plan, works: list[Work], names: Mapping[Ref, str]) -> Iterator[UncertainChunk]:
    paths = dict(names)
    for step in (*plan.steps, *(work.step for work in works)):
        if isinstance(step, CreateCollection):
            paths[ref_to(step.key)] = step.path
        elif isinstance(step, CreateClient):
            paths[ref_to(step.key, DEFAULT_COLLECTION)] = step.default_collection
    for work in works:
        if isinstance(work.step, ImportItems) and is_uncertain(work):
            yield UncertainChunk(
                step_key=work.key,
                rows=tuple(dict.fromkeys(sorted(work.step.rows))),
                collections=tuple(paths[ref] for ref in work.step.collections if ref in paths),
                sent=work.prepared.at if work.prepared is not None else None,
            )


def outcome_of(work: Work) -> StepOutcome:
    """One line of the report."""
    result = work.result
    return StepOutcome(
        key=work.key,
        kind=str(type(work.step).__struct_config__.tag),
        say=work.step.say,
        state=work.state,
        problem=result.problem if result is not None else None,
        facts=dict(result.facts) if result is not None else {},
    )


def _client(known: OrganizationId | None, works: list[Work]) -> OrganizationId | None:
    if known is not None:
        return known
    for work in works:
        if isinstance(work.step, CreateClient) and work.result is not None:
            return OrganizationId(work.result.id) if isinstance(work.result.id, UUID) else None
    return None


def _notes(works: list[Work]) -> Iterator[Say]:
    """What a person should know although the run went on."""
    for work in works:
        facts = work.result.facts if work.result is not None else {}
        if isinstance(work.step, CreateClient):
            name = work.step.name
            if TWINS in facts:
                yield Say("note.twin_client", {"client": name, TWINS: facts[TWINS]})
            if MISSING in facts:
                yield Say("note.half_made", {"client": name, MISSING: facts[MISSING]})
        if TWINS in facts and isinstance(work.step, CreateCollection | CreateGroup):
            kind = "collection" if isinstance(work.step, CreateCollection) else "group"
            yield Say(f"note.twin_{kind}", {kind: work.step.say.facts[kind], TWINS: facts[TWINS]})
        if isinstance(work.step, VerifyImport) and "rows" in facts:
            yield Say("note.shortfall", {"rows": facts["rows"]})
        if isinstance(work.step, VerifyImport) and TWINS in facts:
            yield Say("note.twin_items", {"rows": facts[TWINS].replace(",", ", ")})
        if LISTING in facts or (work.state == UNKNOWN and is_uncertain(work)):
            yield Say("note.listing_refused", work.step.facts)


def _imported(summary: ImportSummary, works: list[Work]) -> ImportReport:
    chunks = [one for one in works if isinstance(one.step, ImportItems)]
    sent = sum(
        one.step.count
        for one in chunks
        if isinstance(one.step, ImportItems) and (one.state == DONE or one.is_answered)
    )
    verify = next((one for one in works if isinstance(one.step, VerifyImport)), None)
    facts = verify.result.facts if verify is not None and verify.result is not None else {}
    rows = facts.get("rows", "")
    return ImportReport(
        file_name=summary.file_name,
        rows=summary.rows,
        counts=dict(summary.counts),
        listed=summary.listed,
        items_sent=sent,
        items_read_back=int(facts.get("items", "0")),
        missing_rows=tuple(int(row) for row in rows.split(",") if row),
        verified=verify is not None and verify.state == DONE,
        not_listed=LISTING in facts,
    )


def made_by(works: list[Work]) -> dict[str, int]:
    """Counts of what exists now that did not before."""
    made = dict.fromkeys(
        ("clients", "collections", "groups", "policies", "invitations", "items_sent"), 0
    )
    made["items_read_back"] = 0
    for work in works:
        if work.state != DONE and not work.is_answered and work.state != FAILED:
            continue
        match work.step:
            case VerifyImport():
                facts = work.result.facts if work.result is not None else {}
                made["items_read_back"] += int(facts.get("items", "0"))
            case step if work.state == FAILED:
                del step
            case CreateClient():
                made["clients"] += 1
                # The default collection and the owner's invitation come with the client.
                made["collections"] += 1
                made["invitations"] += 1
            case CreateCollection():
                made["collections"] += 1
            case CreateGroup():
                made["groups"] += 1
            case PutPolicy():
                made["policies"] += 1
            case InviteMembers():
                made["invitations"] += len(work.step.emails)
            case ImportItems():
                made["items_sent"] += work.step.count
            case _:
                pass
    return made
