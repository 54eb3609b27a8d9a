"""Contacts, contact days, first contacts, active spans, people and linkages on small whiteboards."""

from datetime import date

from whiteboard import warehouse


def answer(board, sql):
    return board.execute(sql).fetchall()


def test_what_is_a_contact():
    board = warehouse(
        sessions="""
        session_key   participant_key session_date date_precision status                   kind
        yes           A               07-01        day            completed                coaching
        week          A               07-01        week           completed                coaching
        month         A               07-01        month          completed                coaching
        quarter       A               07-01        quarter        completed                coaching
        missed        A               07-01        day            no_show                  coaching
        cancelled     A               07-01        day            cancelled_by_participant coaching
        attempt       A               07-01        day            attempted_no_contact     outreach
        closeout      A               07-01        day            completed                closeout
        as_of         A               09-30        day            completed                outreach
        later         A               10-01        day            completed                coaching
    """
    )
    assert answer(board, "SELECT session_key FROM contact ORDER BY ALL") == [("as_of",), ("week",), ("yes",)]


def test_several_contacts_at_one_place_on_a_day_are_one_row():
    board = warehouse(
        sessions="""
        participant_key session_date county_fips site_id kind
        A               07-01        Hancock     s1      group
        A               07-01        Hancock     s1      first_meeting
        A               07-01        Waldo       s1      coaching
        A               07-01        -           s1      coaching
        A               07-08        Hancock     s1      coaching
    """
    )
    found = answer(board, "SELECT county_fips, contacts, day_no, previous_date FROM contact_day")
    first = date(2026, 7, 1)
    assert {row[:3] for row in found} == {("23009", 2, 1), ("23027", 1, 1), (None, 1, 1), ("23009", 1, 2)}
    assert sorted(str(row[3]) for row in found) == [str(first), str(first), str(first), "None"]


def test_a_contact_day_says_how_many_of_its_contacts_are_known_to_the_day():
    board = warehouse(
        sessions="""
        participant_key session_date date_precision
        A               07-01        day
        A               07-06        day
        A               07-06        week
        B               07-06        week
    """
    )
    found = answer(board, "SELECT participant_key, contacts, exact_contacts FROM contact_day ORDER BY ALL")
    assert found == [("A", 1, 1), ("A", 2, 1), ("B", 1, 0)]
    coarse = answer(board, "SELECT participant_key, day(first_coarse_date) FROM first_contact ORDER BY ALL")
    assert coarse == [("A", 6), ("B", 6)]


def test_the_first_four_contact_days_and_how_the_first_took_place():
    board = warehouse(
        sessions="""
        participant_key session_date county_fips kind          mode
        A               07-01        Waldo       first_meeting phone
        A               07-01        Waldo       first_meeting phone
        A               07-03        Hancock     coaching      video
        A               07-09        Hancock     coaching      video
        A               07-20        Hancock     coaching      video
        A               07-30        Hancock     coaching      video
        B               07-05        Knox        outreach      text
    """
    )
    days = answer(
        board,
        "SELECT day(first_date), day(second_date), day(third_date), day(fourth_date), day(last_date)"
        " FROM first_contact ORDER BY participant_key",
    )
    assert days == [(1, 3, 9, 20, 30), (5, None, None, None, 5)]
    how = answer(board, "SELECT county_fips, kind, mode FROM first_contact ORDER BY participant_key")
    assert how == [("23027", "first_meeting", "phone"), ("23013", "outreach", "text")]


def test_support_that_began_before_the_data_do():
    board = warehouse(
        sessions="participant_key session_date\nA 07-01\nB 07-01\nC 07-01",
        participants="participant_key enrolled_on\nA 06-30\nB 07-01",
    )
    before = answer(board, "SELECT participant_key, supported_before, supported_since FROM first_contact ORDER BY ALL")
    assert before == [("A", True, date(2026, 6, 30)), ("B", False, None), ("C", False, None)]
    since = "SELECT participant_key, supported_since FROM episode WHERE gap_days = 90 ORDER BY ALL"
    assert [row[1] for row in answer(board, since)] == [date(2026, 6, 30), None, None]


def test_an_active_day_has_the_county_of_the_most_recent_contact():
    board = warehouse(
        sessions="""
        participant_key session_date county_fips
        A               07-01        Hancock
        A               07-05        Hancock
        A               07-10        Waldo
        A               07-15        -
        A               07-20        Waldo
    """
    )
    spans = answer(board, "SELECT day(start_date), county_fips, end_date FROM active_span ORDER BY start_date")
    assert spans == [
        (1, "23009", date(2026, 7, 9)),
        (10, "23027", date(2026, 7, 14)),
        (15, None, date(2026, 7, 19)),
        (20, "23027", date(2026, 9, 30)),
    ]


def test_a_day_in_two_counties_is_one_active_day():
    board = warehouse(
        sessions="""
        participant_key session_date county_fips
        A               07-01        Hancock
        A               07-01        Waldo
        A               07-02        Waldo
        A               07-02        Hancock
        A               07-03        Waldo
    """
    )
    spans = answer(board, "SELECT day(start_date), county_fips FROM active_span ORDER BY start_date")
    assert spans == [(1, "23027")]
    assert answer(board, "SELECT sum(people) FROM person_day WHERE calendar_day <= DATE '2026-07-03'") == [(3,)]


def test_person_days_know_who_the_people_are():
    board = warehouse(
        sessions="participant_key session_date\nA 09-29\nB 09-30\nC 09-30",
        participants="participant_key age_band gender\nA 25_34 woman\nB 25_34 woman",
    )
    rows = answer(board, "SELECT day(calendar_day), age_band, gender, people FROM person_day_by_trait ORDER BY ALL")
    assert rows == [(29, "25_34", "woman", 1), (30, "25_34", "woman", 2), (30, "unknown", "unknown", 1)]


def test_everyone_seen_anywhere_is_a_person_once():
    board = warehouse(
        sessions="participant_key session_date status\nA 07-01 completed\nB 07-01 no_show\nA 10-09 completed",
        milestones="participant_key event_date class\nC 07-01 return_to_use\nA 07-01 return_to_use",
        participants="participant_key program_id\nA P1\nD P1\nD P2",
        assessment="participant_key timepoint status\nE baseline due",
    )
    people = answer(
        board, "SELECT participant_key, age_band, primary_substance, home_county_fips FROM person ORDER BY ALL"
    )
    assert people == [(key, "unknown", "unknown", None) for key in "ABCDE"]


def test_of_two_records_the_latest_wins_and_the_first_enrollment_stays():
    board = warehouse(
        participants="""
        participant_key program_id updated_on gender enrolled_on closed_on close_reason county_fips
        A               P1         2026-05-01 woman  01-05       03-01     goals_met    Hancock
        A               P2         2026-06-01 man    02-05       -         -            Waldo
        B               P1         2026-05-01 woman  01-05       03-01     -            Hancock
    """
    )
    people = answer(
        board,
        "SELECT gender, enrolled_on, closed_on, close_reason, home_county_fips FROM person ORDER BY participant_key",
    )
    day = date(2026, 1, 5)
    assert people == [
        ("man", day, date(2026, 3, 1), "goals_met", "23027"),
        ("woman", day, date(2026, 3, 1), "unknown", "23009"),
    ]


def test_linkages_told_within_60_days_are_one():
    board = warehouse(
        sessions="""
            session_key participant_key session_date county_fips
            s1          A               03-01        Hancock
            s2          A               04-30        Waldo
            s3          A               06-29        Waldo
            s4          A               09-01        Waldo
            s5          B               03-01        Knox
        """,
        linkage="""
            session_key domain     outcome
            s1          housing    offered
            s2          housing    accepted
            s3          housing    connected
            s4          housing    declined
            s1          employment offered
            s5          housing    unknown
        """,
    )
    found = answer(
        board,
        "SELECT participant_key, domain, offered_on, connected_on, outcome, county_fips FROM linkage_offer",
    )
    march = date(2026, 3, 1)
    assert sorted(found, key=str) == sorted(
        [
            ("A", "housing", march, date(2026, 6, 29), "connected", "23009"),
            ("A", "housing", date(2026, 9, 1), None, "declined", "23027"),
            ("A", "employment", march, None, "offered", "23009"),
            ("B", "housing", march, None, "unknown", "23013"),
        ],
        key=str,
    )


def test_default_periods_are_the_months_of_the_data():
    board = warehouse(
        sessions="participant_key session_date\nA 07-15",
        milestones="participant_key event_date class\nA 06-20 return_to_use",
    )
    assert answer(board, "SELECT period, day(period_end) FROM period ORDER BY period_start") == [
        ("Jun 2026", 30),
        ("Jul 2026", 31),
        ("Aug 2026", 31),
        ("Sep 2026", 30),
    ]
    assert answer(board, "SELECT count(*) FROM period_day") == [(122,)]
