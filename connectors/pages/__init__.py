"""The result pages: one self-contained HTML file a race and one for the election.

A page of another kind is a template that extends `templates/base.html`, filled in by `render`.

report        what a result page is made of
withheld      BA-6 on a page: `models.votes.withheld` says what is kept back
words         the words of the pages, in each language
sentences     what the rules say, in another language
files         how the pages are called, so that they can link to one another
guide_parts   what an endorsement guide is made of, in one language
guide         the endorsement guide that a chapter puts on its site
render        pages from templates
cancelled     the page of a vote that was cancelled
guide_copies  the guide as files: an HTML page
night         the page of the nightly job
story         a result told in sentences
charts        where everything stands in a chart of one round
tables        the numbers of a race as tables
election      the page of an election
race          the page of one race
"""

from connectors.pages.cancelled import cancelled_page as cancelled_page
from connectors.pages.election import GROUPS as GROUPS
from connectors.pages.election import election_page as election_page
from connectors.pages.election import group_of as group_of
from connectors.pages.election import sums_told as sums_told
from connectors.pages.files import election_file as election_file
from connectors.pages.files import night_file as night_file
from connectors.pages.files import race_file as race_file
from connectors.pages.guide import guide as guide
from connectors.pages.guide_copies import guide_file as guide_file
from connectors.pages.guide_copies import guide_markdown as guide_markdown
from connectors.pages.guide_copies import guide_page as guide_page
from connectors.pages.guide_parts import About as About
from connectors.pages.night import NightPage as NightPage
from connectors.pages.night import night_page as night_page
from connectors.pages.race import race_page as race_page
from connectors.pages.render import render as render
from connectors.pages.report import ElectionSums as ElectionSums
from connectors.pages.report import Overruled as Overruled
from connectors.pages.report import RaceReport as RaceReport
from connectors.pages.report import Remark as Remark
from connectors.pages.report import VoteHeld as VoteHeld
from connectors.pages.sentences import Segment as Segment
from connectors.pages.sentences import told_in as told_in
from connectors.pages.story import ended as ended
from connectors.pages.words import LANGUAGES as LANGUAGES
from connectors.pages.words import Language as Language
from connectors.pages.words import PageTexts as PageTexts
from connectors.pages.words import words as words
