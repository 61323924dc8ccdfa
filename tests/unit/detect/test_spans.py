"""Who wins where candidates overlap."""

from guard.detect.spans import Candidate, resolve


def spans(*candidates, text="x" * 60):
    return [(c.start, c.end, c.detector) for c in resolve(candidates, text)]


def test_the_higher_confidence_wins_then_context_then_the_check_then_the_longer():
    low, high = Candidate(0, 9, 0.5, "a"), Candidate(3, 6, 0.9, "b")
    assert spans(low, high) == [(3, 6, "b")]
    plain, near = (
        Candidate(0, 9, 0.8, "a", checked=True),
        Candidate(0, 9, 0.8, "b", in_context=True),
    )
    assert spans(plain, near) == [(0, 9, "b")]
    assert spans(Candidate(0, 9, 0.8, "a"), Candidate(2, 5, 0.8, "b", checked=True)) == [
        (2, 5, "b")
    ]
    assert spans(Candidate(0, 5, 0.8, "a"), Candidate(2, 9, 0.8, "b")) == [(2, 9, "b")]


def test_the_order_of_candidates_does_not_matter():
    many = [Candidate(i % 7, i % 7 + 3 + i % 4, 0.5 + i % 3 / 10, f"d{i}") for i in range(12)]
    assert spans(*many) == spans(*reversed(many))


def test_an_identifier_is_cut_out_of_a_name_and_the_name_stays():
    text = "John Smith 078-05-1123 Berlin"
    name = Candidate(0, 29, 0.99, "name", divisible=True)
    number = Candidate(11, 22, 0.5, "ssn")
    assert spans(name, number, text=text) == [(0, 10, "name"), (11, 22, "ssn"), (23, 29, "name")]


def test_what_is_left_of_a_name_needs_letters():
    text = "a@b.io, ."
    assert spans(
        Candidate(0, 9, 0.7, "org", divisible=True), Candidate(0, 6, 0.9, "mail"), text=text
    ) == [(0, 6, "mail")]
