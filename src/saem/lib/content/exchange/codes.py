"""The closed list of what cannot be carried from one format to another; web/messages/exchange.py has words for each."""

from enum import StrEnum


class Code(StrEnum):
    # reading XML
    NOT_XML = "exchange.not_xml"
    XML_DOCTYPE = "exchange.xml_doctype"
    XML_LARGE = "exchange.xml_large"
    XML_DEEP = "exchange.xml_deep"
    # packages
    EXISTS = "exchange.exists"
    NO_MANIFEST = "exchange.no_manifest"
    RESOURCE = "exchange.resource"
    NO_ITEMS = "exchange.no_items"
    NOT_IN_PACKAGE = "exchange.not_in_package"
    NO_PAGES = "exchange.no_pages"
    NOT_TEXT = "exchange.not_text"
    # what does not come along into our format
    INTERACTION = "exchange.interaction"
    SEVERAL_INTERACTIONS = "exchange.several_interactions"
    TEMPLATE = "exchange.template"
    NO_ANSWER = "exchange.no_answer"
    SCORING = "exchange.scoring"
    ELEMENT = "exchange.element"
    FORMULA = "exchange.formula"
    PICTURE = "exchange.picture"
    PICTURE_ALT = "exchange.picture_alt"
    FEEDBACK_LOST = "exchange.feedback_lost"
    OTHER_LANGUAGE = "exchange.other_language"
    ROLE = "exchange.role"
    DIRECTIVE = "exchange.directive"
    OTHER_CODE = "exchange.other_code"
    LANGUAGES_DIFFER = "exchange.languages_differ"
    # what our format asks for and the source does not have
    NO_TRANSLATION = "exchange.no_translation"
    NO_SKILL = "exchange.no_skill"
    NO_EXPLANATION = "exchange.no_explanation"
    NO_FEEDBACK = "exchange.no_feedback"
    NO_PROMPT = "exchange.no_prompt"
    CELLS_NAMED = "exchange.cells_named"
    LESSON_INCOMPLETE = "exchange.lesson_incomplete"
    # what does not come along out of our format
    ITEM_RUNS = "exchange.item_runs"
    CHART_AS_TABLE = "exchange.chart_as_table"
    VARIANTS_DRAWN = "exchange.variants_drawn"
    UNITS_LOST = "exchange.units_lost"
    INDENT_GIVEN = "exchange.indent_given"
    BOOK_ITEMS = "exchange.book_items"
