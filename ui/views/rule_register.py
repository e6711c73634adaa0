"""The rule register: every rule with its source and where it applies, and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from planner.core.over_months import OverMonths
from planner.jobs.requests import Failed, ListRules
from ui.jobs import Job
from ui.results import figures
from ui.results.model import catalogued
from ui.scenarios.level_panel import LevelPanel
from ui.scenarios.rule_panel import RulePanel
from ui.session import Change
from ui.still import StillChoice
from ui.view import View
from ui.why_not import allow
from ui.widgets import Notice, button, column, muted, plain_label, scrolling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QShowEvent

    from planner.core.texts import Text
    from planner.result.rule_facts import RuleFacts, RulesShown
    from ui.jobs import Jobs
    from ui.scenarios.work import ScenarioWork
    from ui.view import Context

COUNTED_UNASKED = 60  # locations; counting where the rules of more apply takes seconds
LEVELS = "levels"  # the line of the tree for the order of the levels
THEMES = ("placement", "sharing", "protection", "arrival", "operations", "dublin", "pinned")
BY_THEME, BY_LEVEL = range(2)
RULE, ORDER = range(2)


class RuleRegisterView(View):
    """A list of rules to choose from; of the chosen one everything there is to know."""

    def __init__(self, context: Context, work: ScenarioWork, jobs: Jobs) -> None:
        """Show the rules as they stand in the open book."""
        super().__init__(context)
        words = context.words
        self._work = work
        self._jobs = jobs
        self._shown: RulesShown | None = None
        self._chosen = ""
        self._dirty = True
        self._looking = False
        self._short: set[str] = set()  # the rules that the shown plan falls short of
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.grouping = StillChoice()
        self.tree = QTreeWidget()
        self._summary = plain_label()
        self._viewing = Notice()
        self._unusable = Notice("error")
        self._scenario = muted()
        self.count = button(self._count)
        self.panel = RulePanel(work, words, context.theme)
        self.levels = LevelPanel(work, words)
        self._pages = QStackedWidget()
        self._lay_out()
        self.filter.textChanged.connect(self._fill_tree)
        self.grouping.currentIndexChanged.connect(self._fill_tree)
        self.tree.currentItemChanged.connect(self._pick)
        self._session.changed.connect(self.take)
        self.follow()

    @property
    def shown(self) -> RulesShown | None:
        """The register as last looked up."""
        return self._shown

    @property
    def chosen(self) -> str:
        """The rule that is shown; `levels` for the order of the levels."""
        item = self.tree.currentItem()
        return "" if item is None else self._name(item)

    def show_rule(self, name: str) -> None:
        """Show a rule by its name; `levels` shows the order of the levels."""
        self._chosen = name
        self._fill_tree()

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session."""
        if Change.BOOK in changes:
            self._shown = None
        if changes & {Change.BOOK, Change.CELLS, Change.SCENARIO}:
            self._dirty = True
        if self.isVisible():
            self._catch_up()
        if Change.PLAN in changes and self._shown is not None:
            self._fill_tree()
        self._say_state()
        self.panel.enable()
        self.levels.enable()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._dirty and self._session.is_open:
            sheet = self._session.sheet("locations")
            few = sheet is None or len(sheet.frame) <= COUNTED_UNASKED
            self._look(count=few)

    def _count(self) -> None:
        """Count where the rules apply, in a case for which that takes long."""
        self._look(count=True)

    def _look(self, *, count: bool) -> None:
        """Look up the rules as they stand now; once more when something changed meanwhile."""
        if self._looking:
            return
        self._looking, self._dirty = True, False
        state, scenario = self._session.state, self._session.scenario

        def take(shown: RulesShown) -> None:
            self._looking = False
            if self._dirty:
                self._catch_up()
                return
            self._shown = shown
            self._fill_tree()
            self._say_state()

        def fail(failed: Failed) -> None:
            self._looking = False
            self._unusable.say(self._words.tell(failed.told))

        def stop() -> None:
            self._looking = False
            self._say_state()

        self._jobs.run(Job(ListRules(scenario or None, count), take, fail, state, stop))
        self._say_state()

    def _groups(self) -> Iterator[tuple[str, list[RuleFacts]]]:
        """Yield the groups with the rules that pass the filter."""
        if self._shown is None:
            return
        found = [each for each in self._shown.rules if self._passes(each)]
        if self.grouping.currentIndex() == BY_THEME:
            known = dict.fromkeys((*THEMES, *(each.theme for each in found)))
            for theme in known:
                title = catalogued(self._words, "rule_theme")(theme)
                yield title, [each for each in found if each.theme == theme]
            return
        hard = [each for each in found if each.hard]
        yield self._words.say("rules.hard_group"), hard
        for level in self._shown.levels:
            title = self._words.title(level.title)
            yield title[:1].upper() + title[1:], [e for e in found if e.level == level.name]

    def _passes(self, rule: RuleFacts) -> bool:
        """Whether every word that was typed stands somewhere in what a rule says."""
        said = [rule.name, *(each.name for each in rule.parameters)]
        texts = (rule.title, rule.sentence, rule.act, rule.passage)
        said += [self._words.title(each) for each in texts]
        heap = " ".join(said).casefold()
        return all(part in heap for part in self.filter.text().casefold().split())

    def _fill_tree(self) -> None:
        count = 0
        made = self._session.plans[:1]
        self._short = {str(each) for one in made for each in one.plan.tables["shortfalls"]["rule"]}
        with QSignalBlocker(self.tree):
            self.tree.clear()
            order = QTreeWidgetItem([self._words.say("rules.levels")])
            order.setData(0, Qt.ItemDataRole.UserRole, LEVELS)
            order.setIcon(0, self._theme.mark("demo", self._theme.colours.muted))
            self.tree.addTopLevelItem(order)
            for title, rules in self._groups():
                if not rules:
                    continue
                group = QTreeWidgetItem([f"{title} ({len(rules)})"])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.tree.addTopLevelItem(group)
                group.addChildren([self._item(each) for each in rules])
                group.setExpanded(True)
                count += len(rules)
        items = list(self._items())
        chosen = next((each for each in items if self._name(each) == self._chosen), None)
        rules_only = [each for each in items if self._name(each) != LEVELS]
        with QSignalBlocker(self.tree):  # only the user's choice is kept when the list changes
            self.tree.setCurrentItem(chosen or (rules_only[0] if rules_only else order))
        known = self._shown is not None  # else none are listed because none were looked up yet
        self._summary.setText(self._words.say("rules.count", count=count) if known else "")
        self._show_chosen()

    def _item(self, rule: RuleFacts) -> QTreeWidgetItem:
        title = self._words.title(rule.title)
        if not rule.on:
            title = self._words.say("rules.item_off", title=title)
        item = QTreeWidgetItem([title])
        item.setData(0, Qt.ItemDataRole.UserRole, rule.name)
        mark, ink, said = self._state(rule)
        item.setIcon(0, self._theme.mark(mark, str(getattr(self._theme.colours, ink))))
        about = [self._words.title(rule.sentence), self._words.say(said) if said else ""]
        item.setToolTip(0, "\n".join(filter(None, about)))
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, about[-1])
        return item

    def _state(self, rule: RuleFacts) -> tuple[str, str, str]:
        """Return the mark of a rule, its colour and its words: off, or how the shown plan does."""
        if not rule.on:
            return "cancel", "remark", ""  # its title says so
        if rule.rows == 0:
            return "template", "line", "rules.state.nowhere"
        if not self._session.plans or self._session.stale:
            return "template", "muted", "rules.state.unplanned"
        if rule.name in self._short:
            return "remark", "remark", "rules.state.short"
        return "good", "good", "rules.state.held"

    def _items(self) -> Iterator[QTreeWidgetItem]:
        """Yield the lines that can be chosen."""
        walk = QTreeWidgetItemIterator(self.tree)
        while (item := walk.value()) is not None:
            if self._name(item):
                yield item
            walk += 1

    def _name(self, item: QTreeWidgetItem) -> str:
        return str(item.data(0, Qt.ItemDataRole.UserRole) or "")

    def _pick(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and self._name(item):
            self._chosen = self._name(item)
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen rule, or the order of the levels."""
        shown = self._shown
        self._pages.setVisible(shown is not None)
        if shown is None:
            return
        name = self.chosen
        if name == LEVELS:
            self._pages.setCurrentIndex(ORDER)
            self.levels.show_levels(shown.levels)
            return
        rule = next((each for each in shown.rules if each.name == name), None)
        if rule is not None:
            self._pages.setCurrentIndex(RULE)
            level = self._level(shown, rule)
            self.panel.show_rule(rule, level, self._here(rule), self._in_plan(rule))

    def _level(self, shown: RulesShown, rule: RuleFacts) -> Text | None:
        return next((each.title for each in shown.levels if each.name == rule.level), None)

    def _here(self, rule: RuleFacts) -> str:
        """Return where a rule applies in the input as it stands, or why nowhere."""
        if rule.reason is not None:
            return self._words.say("rules.not_here", reason=rule.reason)
        if rule.rows is None:
            return self._words.say("rules.not_counted")
        return self._words.say("rules.rows_here", count=rule.rows)

    def _in_plan(self, rule: RuleFacts) -> str:
        """Return how often a rule stands in the shown plan, and what it falls short there."""
        if not self._session.plans:
            return ""
        plan = self._session.plans[0].shown
        said = []
        for name, rows in figures.rows(plan, "rules", ("rule", "rows")):
            if name == rule.name:
                said.append(self._words.say("rules.rows_plan", count=rows))
        short = figures.by_month(
            plan, "shortfalls", "amount", lambda rest: rest[0] == rule.name, ("rule",)
        )
        if short:
            amounts = OverMonths.of(rule.unit, short.items()).words
            said.append(self._words.say("rules.short_plan", amounts=self._words.value(amounts)))
        elif said and not rule.hard:
            said.append(self._words.say("rules.none_short"))
        if said and self._session.stale:
            said.append(self._words.say("rules.plan_stale"))
        return " ".join(said)

    def _say_state(self) -> None:
        """Say which scenario is shown, and why something cannot be done or is not known."""
        shown = self._shown
        counted = shown is not None and any(each.rows is not None for each in shown.rules)
        usable = shown is None or shown.usable
        self._viewing.say(self._words.say("rules.viewing") if self._session.viewing else "")
        self._unusable.say("" if usable else self._words.say("rules.unusable"))
        name = "" if shown is None else shown.scenario
        key = "rules.looking" if self._looking else "rules.scenario"
        self._scenario.setText(
            self._words.say(key, name=self._words.called(name)) if name or self._looking else ""
        )
        self.count.setVisible(usable and shown is not None and not counted)
        allow(self.count, self._words.say("why_not.going") if self._looking else "")

    def reword(self) -> None:
        self.filter.setPlaceholderText(self._words.say("rules.filter"))
        self.filter.setAccessibleName(self._words.say("rules.filter"))
        self.tree.setAccessibleName(self._words.say("rules.tree"))
        self.grouping.setAccessibleName(self._words.say("rules.grouping"))
        self.levels.reword()
        self.count.setText(self._words.say("rules.count_here"))
        with QSignalBlocker(self.grouping):
            at = max(self.grouping.currentIndex(), 0)
            self.grouping.clear()
            self.grouping.addItems(
                [self._words.say("rules.by_theme"), self._words.say("rules.by_level")]
            )
            self.grouping.setCurrentIndex(at)
        self._fill_tree()
        self._say_state()

    def _lay_out(self) -> None:
        width = self.fontMetrics().averageCharWidth()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(width * 2)
        left = column(self.filter, self.grouping, self.tree, self._summary, spacing=6)
        left.setMinimumWidth(width * 30)
        left.setMaximumWidth(width * 58)
        for page in (self.panel, self.levels):
            self._pages.addWidget(scrolling(page))
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        for each in (self._viewing, self._unusable, self._scenario):
            box.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(12)
        whole.addWidget(left, 2)
        whole.addWidget(right, 3)
