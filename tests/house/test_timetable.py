"""The beat and the timetable tell the same story."""

from __future__ import annotations

from datetime import date

from config.celery import DAILY, app
from config.timetable import JOBS, TIMETABLE
from tenancy.people.queries.jobs import result_lines
from tenancy.people.words import WORDS


def test_the_beat_starts_every_job_of_the_timetable_at_its_nominal_time():
    assert [(job.name, job.at.hour, job.at.minute) for job in TIMETABLE] == list(DAILY)


def test_every_beat_entry_is_a_task_that_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_every_daily_job_is_also_caught_up_later_the_same_day():
    assert {f"catch-up-{name}" for name in JOBS} <= set(app.conf.beat_schedule)


def test_every_job_and_every_figure_that_it_leaves_is_in_words(jinxiu):
    friday = date(2026, 2, 6)
    figures = {line.name for job in TIMETABLE for line in result_lines(job.work(friday))}
    assert sorted(figures - WORDS.keys()) == []
    assert {f"night.{job.name}" for job in TIMETABLE} <= WORDS.keys()
