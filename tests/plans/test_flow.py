"""Navigation without a display."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.plans.flow import Flow, Step


@dataclass
class Answers:
    name: str = ""
    detour: bool = False


def _flow(answers: Answers) -> Flow[Answers]:
    return Flow(
        [
            Step("name", lambda given: None if given.name else "name_missing"),
            Step("detour", lambda _given: None, lambda given: given.detour),
            Step("review", lambda _given: None),
        ],
        answers,
    )


def test_a_problem_holds_the_flow() -> None:
    flow = _flow(Answers())
    assert flow.is_first
    assert flow.problem == "name_missing"
    assert not flow.advance()
    assert flow.problems_before_end == (("name", "name_missing"),)
    flow.answers.name = "Acme"
    assert flow.advance()
    assert flow.step.key == "review"
    assert flow.is_last
    assert not flow.advance()


def test_unwanted_steps_are_passed_in_both_directions() -> None:
    flow = _flow(Answers(name="Acme", detour=True))
    assert [step.key for step in flow.steps] == ["name", "detour", "review"]
    flow.advance()
    assert flow.step.key == "detour"
    flow.answers.detour = False
    assert flow.step.key == "detour"
    flow.advance()
    assert flow.step.key == "review"
    flow.back()
    assert flow.step.key == "name"
    assert not flow.back()


def test_only_visited_steps_can_be_jumped_to() -> None:
    flow = _flow(Answers(name="Acme"))
    assert not flow.go_to("review")
    flow.advance()
    assert flow.go_to("name")
    assert flow.go_to("review")
    assert flow.visited == {"name", "review"}
