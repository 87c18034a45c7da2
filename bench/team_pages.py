"""Which pages of projects and partners `bench.pages` visits, and who opens each."""

from django.urls import reverse

from bench.team_world import TeamWorld
from saem.apps.people.models import User

Address = tuple[str, str, User | None]


def addresses(world: TeamWorld) -> list[Address]:
    """(name, address, who opens it); nobody opens what everybody may see."""
    return [*of_a_team(world), *of_reviews(world), *of_the_showcase(world), *of_mentors(world), *of_partners(world)]


def of_a_team(world: TeamWorld) -> list[Address]:
    team, pupil = world.team.pk, world.pupil
    return [
        ("team (pupil)", reverse("projects:team", args=[team]), pupil),
        ("team's people", reverse("projects:team_people", args=[team]), pupil),
        ("stage", reverse("projects:stage", args=[team, "present"]), pupil),
        ("evidence", reverse("projects:evidence", args=[team, "find", "observations"]), pupil),
        ("version of a notebook", reverse("projects:version", args=[team, world.notebook]), pupil),
        ("experiments", reverse("projects:experiments", args=[team]), pupil),
        ("log", reverse("projects:team_log", args=[team]), pupil),
        ("parts", reverse("projects:team_parts", args=[team]), pupil),
        ("words at lines", reverse("projects:words", args=[team, world.notebook]), pupil),
        ("AI use", reverse("projects:ai_uses", args=[team]), pupil),
        ("result", reverse("projects:result", args=[team]), pupil),
    ]


def of_reviews(world: TeamWorld) -> list[Address]:
    of_class, teacher = [world.classroom.pk, world.project.id], world.teacher
    return [
        ("teams of a class (teacher)", reverse("projects:teams", args=of_class), teacher),
        ("teams to mark (teacher)", reverse("projects:marking_board", args=of_class), teacher),
        ("marking a team (teacher)", reverse("projects:marking", args=[world.team.pk]), teacher),
        ("moderation (teacher)", reverse("projects:moderation", args=[world.team.pk]), teacher),
        ("agreement (teacher)", reverse("projects:agreement", args=of_class), teacher),
        ("peer round (teacher)", reverse("projects:peer_round", args=of_class), teacher),
        ("peers (pupil)", reverse("projects:team_peers", args=[world.team.pk]), world.pupil),
        ("peer task (pupil)", reverse("projects:peer_task", args=[world.task]), world.pupil),
        ("similar code (teacher)", reverse("projects:similarity", args=of_class), teacher),
        ("similar pair (teacher)", reverse("projects:similar_pair", args=[*of_class, world.pair]), teacher),
    ]


def of_the_showcase(world: TeamWorld) -> list[Address]:
    return [
        ("showcase", reverse("projects:gallery"), None),
        ("showcase, searched", reverse("projects:gallery") + "?q=급식실 줄", None),
        ("work", reverse("projects:work", args=[world.work]), None),
        ("work of one's team", reverse("projects:showcase", args=[world.team.pk]), world.pupil),
    ]


def of_mentors(world: TeamWorld) -> list[Address]:
    partners, cohort, mentor = world.partners, world.cohort, world.partners.mentor
    return [
        ("mentors (staff)", reverse("partners:mentors", args=[cohort.institution_id]), world.staff),
        ("mentor (staff)", reverse("partners:mentor", args=[cohort.institution_id, mentor.pk]), world.staff),
        ("matching (staff)", reverse("partners:matching", args=[cohort.pk]), world.staff),
        ("matching's result (staff)", reverse("partners:match_run", args=[cohort.pk, partners.run.pk]), world.staff),
        ("team's thread (pupil)", reverse("partners:team", args=[world.team.pk]), world.pupil),
        ("mentor's queue", reverse("partners:mentoring"), mentor.user),
        ("half hours (mentor)", reverse("partners:slots", args=[mentor.pk]), mentor.user),
    ]


def of_partners(world: TeamWorld) -> list[Address]:
    partners, company = world.partners, world.partners.company
    return [
        ("challenges", reverse("partners:challenges"), None),
        ("challenge (pupil)", reverse("partners:challenge", args=[partners.challenge]), world.pupil),
        ("opportunities (pupil)", reverse("partners:opportunities"), world.pupil),
        ("opportunity (pupil)", reverse("partners:opportunity", args=[partners.opportunity]), world.pupil),
        ("partners (partner)", reverse("partners:home"), partners.speaker),
        ("impact (partner)", reverse("partners:partner", args=[company.pk]), partners.speaker),
    ]
