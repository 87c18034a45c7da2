// Every page: htmx and the small behaviours that make forms kinder. Pages work without any of this.
import htmx from "htmx.org";
import { keepDrafts } from "./behaviours/drafts.js";
import { guardFiles } from "./behaviours/files.js";
import { guardSubmits } from "./behaviours/submits.js";
import { leaveNothing } from "./behaviours/leaving.js";
import { showTheme } from "./behaviours/theme.js";
import { showTrouble } from "./behaviours/trouble.js";
import { followButtons } from "./behaviours/buttons.js";
import { showOpenTab } from "./behaviours/tabs.js";

// The page's content policy allows neither evaluated code nor styles written by scripts.
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
// Not "style", which the policy refuses as an attribute; nor sizes, which no element of ours is given.
htmx.config.attributesToSettle = ["class"];
// Pages are personal: none is kept in the browser's storage, going back asks the server again.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
// A refused form comes back as a fragment with its errors, so that is shown too.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "[45]..", swap: true, error: true },
];

guardSubmits();
guardFiles();
keepDrafts();
leaveNothing();
showTrouble();
showTheme();
followButtons();
showOpenTab();

// A refused form is heard and seen first: the list of what to put right takes the focus.
document.querySelector("[data-focus]")?.focus();
