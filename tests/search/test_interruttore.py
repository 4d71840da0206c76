"""The breaker, with a clock of the test's own."""

import threading

import pytest

from search.motori.interruttore import Interruttore, Muto


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Interruttore:
    return Interruttore(pausa=10, errori=2, orologio=clock)


def fail() -> None:
    raise ConnectionError("giù")


def break_it(breaker: Interruttore) -> None:
    for _attempt in range(2):
        with pytest.raises(Muto):
            breaker.chiama(fail, entro=1)


def test_answers_pass_and_failures_become_one_kind(breaker: Interruttore):
    assert breaker.chiama(lambda: 42, entro=1) == 42
    with pytest.raises(Muto, match="ConnectionError"):
        breaker.chiama(fail, entro=1)
    assert not breaker.aperto


def test_opens_after_failures_in_a_row_only(breaker: Interruttore):
    with pytest.raises(Muto):
        breaker.chiama(fail, entro=1)
    breaker.chiama(lambda: 1, entro=1)
    with pytest.raises(Muto):
        breaker.chiama(fail, entro=1)
    assert not breaker.aperto


def test_open_refuses_without_asking_until_the_pause_is_over(breaker: Interruttore, clock: Clock):
    break_it(breaker)
    asked: list[int] = []
    clock.now = 9.9
    with pytest.raises(Muto, match="pausa"):
        breaker.chiama(lambda: asked.append(1), entro=1)
    assert not asked
    clock.now = 10.1
    assert breaker.chiama(lambda: "tornato", entro=1) == "tornato"
    assert not breaker.aperto


def test_half_open_lets_one_try_while_the_others_stay_out(breaker: Interruttore, clock: Clock):
    break_it(breaker)
    clock.now = 10.1
    inside, go = threading.Event(), threading.Event()

    def slow() -> str:
        inside.set()
        go.wait(5)
        return "bene"

    answers: list[str] = []
    trying = threading.Thread(target=lambda: answers.append(breaker.chiama(slow, entro=5)))
    trying.start()
    assert inside.wait(5)
    with pytest.raises(Muto, match="pausa"):
        breaker.chiama(lambda: "secondo", entro=1)
    go.set()
    trying.join(5)
    assert answers == ["bene"]


def test_failed_try_opens_it_again(breaker: Interruttore, clock: Clock):
    break_it(breaker)
    clock.now = 10.1
    with pytest.raises(Muto):
        breaker.chiama(fail, entro=1)
    clock.now = 19.9
    with pytest.raises(Muto, match="pausa"):
        breaker.chiama(lambda: 1, entro=1)


def test_answer_that_comes_late_is_none(breaker: Interruttore):
    late = threading.Event()
    with pytest.raises(Muto):
        breaker.chiama(lambda: late.wait(5), entro=0.05)
    late.set()
