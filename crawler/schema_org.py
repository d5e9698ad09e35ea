"""The things that a page describes with schema.org, and how each stands to the page.

A description speaks of the page where it stands on its own, in a `@graph`, or as a `mainEntity`; of
a part of it in `hasPart`; of a picture in `image`. Everything deeper (a list of other articles, a
citation, the publisher) speaks of something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE, PART, IMAGE = "page", "part", "asset"

_MOST = 1000
_LONGEST = 300
_LEADS_TO = {
    "@graph": PAGE,
    "mainEntity": PAGE,
    "mainEntityOfPage": PAGE,
    "hasPart": PART,
    "image": IMAGE,
    "primaryImageOfPage": IMAGE,
    "associatedMedia": IMAGE,
}
_PREFIXES = ("http://schema.org/", "https://schema.org/", "schema:")
_TRUTHS = {"true": True, "false": False, "1": True, "0": False}

# CreativeWork and what is below it (schema.org 29), as far as a page or a file can be one.
_ARTICLES = """Article AdvertiserContentArticle NewsArticle AnalysisNewsArticle
AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle ReportageNewsArticle ReviewNewsArticle
Report SatiricalArticle ScholarlyArticle MedicalScholarlyArticle SocialMediaPosting BlogPosting
LiveBlogPosting DiscussionForumPosting TechArticle APIReference"""
_OTHER_WORKS = """
CreativeWork ArchiveComponent Atlas Blog Book Audiobook Certification Chapter Claim Clip
MovieClip RadioClip TVClip VideoGameClip Code Collection ProductCollection ComicStory ComicIssue
Comment Answer CorrectionComment Question Conversation Course CreativeWorkSeason PodcastSeason
RadioSeason TVSeason CreativeWorkSeries BookSeries MovieSeries Periodical ComicSeries Newspaper
PodcastSeries RadioSeries TVSeries VideoGameSeries DataCatalog Dataset DataFeed CompleteDataFeed
DefinedTermSet Diet DigitalDocument NoteDigitalDocument PresentationDigitalDocument
SpreadsheetDigitalDocument TextDigitalDocument Drawing EducationalOccupationalCredential Episode
PodcastEpisode RadioEpisode TVEpisode ExercisePlan Game VideoGame Guide HowTo Recipe
HowToSection HowToStep HowToTip HyperToc LearningResource Quiz Syllabus Legislation
LegislationObject Manuscript Map MathSolver MediaObject 3DModel AudioObject AudioObjectSnapshot
DataDownload ImageObject Barcode ImageObjectSnapshot VideoObject VideoObjectSnapshot
MusicVideoObject TextObject MediaReview MediaReviewItem Menu MenuSection Message EmailMessage
Movie MusicComposition MusicPlaylist MusicAlbum MusicRelease MusicRecording Painting Photograph
Play Poster PublicationIssue PublicationVolume Quotation Review ClaimReview CriticReview
EmployerReview Recommendation UserReview Sculpture SheetMusic ShortStory SoftwareSourceCode
SpecialAnnouncement Statement Thesis VisualArtwork CoverArt WebContent HealthTopicContent
WebPage AboutPage CheckoutPage CollectionPage MediaGallery ImageGallery VideoGallery ContactPage
FAQPage ItemPage MedicalWebPage ProfilePage QAPage RealEstateListing SearchResultsPage WebSite
"""
WORKS = frozenset(f"{_ARTICLES} {_OTHER_WORKS}".split())
SECTION = "WebPageElement"


@dataclass(frozen=True, slots=True)
class Thing:
    """One description and its place."""

    types: tuple[str, ...]
    """Without the address of schema.org."""
    place: str
    """PAGE, PART or IMAGE: what of the page it speaks of."""
    data: dict[str, Any]

    @property
    def is_work(self) -> bool:
        """Whether it is a creative work: an event or a place has free access of another kind."""
        return not WORKS.isdisjoint(self.types)

    def all(self, name: str) -> list[Any]:
        """Return the values of property *name*, a single one as a list of one."""
        value = self.data.get(name)
        return value if isinstance(value, list) else [] if value is None else [value]

    def texts(self, name: str) -> list[str]:
        """Return the values of property *name* that are texts or addresses, blanks collapsed."""
        return [text for value in self.all(name) if (text := plain(value))]


def things(values: tuple[Any, ...]) -> Iterator[Thing]:
    """Yield what the JSON-LD *values* describe, the first 1,000 objects."""
    waiting = [(value, PAGE) for value in reversed(values)]
    for _ in range(_MOST):
        if not waiting:
            return
        value, place = waiting.pop()
        if isinstance(value, list):
            waiting += [(one, place) for one in reversed(value[:_MOST])]
        elif isinstance(value, dict) and _is_ours(value):
            types = _types(value)
            yield Thing(types, PART if SECTION in types else place, value)
            if place == PAGE:
                waiting += [(value[name], to) for name, to in _LEADS_TO.items() if name in value]


def truth(value: Any) -> bool | None:
    """Return what `true`, `"False"`, `schema.org/False` and the like mean; None for others."""
    if isinstance(value, bool):
        return value
    text = plain(value)
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return _TRUTHS.get(text.lower())


def plain(value: Any) -> str:
    """Return the text or the address that *value* is; empty for a description."""
    if isinstance(value, dict):
        value = next(
            (value[name] for name in ("@value", "@id", "url", "name") if name in value), ""
        )
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool | dict | list) or value is None:
        return str(value) if isinstance(value, bool) else ""
    return " ".join(str(value)[:_LONGEST].split())


def _is_ours(value: dict[str, Any]) -> bool:
    """Whether its vocabulary, where it names one by address, is schema.org."""
    context = value.get("@context")
    return not isinstance(context, str) or "schema.org" in context.lower()


def _types(value: dict[str, Any]) -> tuple[str, ...]:
    stated = value.get("@type")
    names = [str(one) for one in (stated if isinstance(stated, list) else [stated])[:20] if one]
    for prefix in _PREFIXES:
        names = [name.removeprefix(prefix) for name in names]
    return tuple(names)
