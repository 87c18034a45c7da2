// Signing out of a device that others use, too: nothing of this person stays on it.
import { KEPT_HOURS, forgetAll, forgetOld, forgetOthers, forgetWorkers } from "./keeping.js";
import { keys, read, remove } from "./storage.js";
import { toast } from "./trouble.js";
import { word } from "./words.js";

const UNSENT = "saem:roll:";
// What the server last said of rows, for a list that was kept before it said so: "saem:rows:<reader>:<session>".
const ROWS = "saem:rows:";

export function leaveNothing() {
  tidy().catch(() => {});
  for (const form of document.querySelectorAll('form[action$="/account/logout/"]')) {
    form.addEventListener("submit", (event) => leave(event, form));
  }
}

async function tidy() {
  const { reader } = document.body.dataset;
  const oldest = Date.now() - KEPT_HOURS * 3600_000;
  for (const key of keys(ROWS)) {
    if ((reader && !key.startsWith(`${ROWS}${reader}:`)) || !(read(key)?.at > oldest)) remove(key);
  }
  // Whose session ran out may sign in again and go on; whoever else signs in finds nothing of theirs.
  if (reader) await forgetOthers(reader);
  await forgetOld();
  await forgetWorkers();
}

function leave(event, form) {
  // Marks that nobody but this device knows are not thrown away unsaid.
  if (keys(UNSENT).length && !form.dataset.sure) {
    event.preventDefault();
    form.dataset.sure = "yes";
    toast(word("unsent"));
    return;
  }
  forgetAll().catch(() => {});
  for (const key of keys("saem:")) remove(key);
}
