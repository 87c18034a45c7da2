// The list of a session: each tap is sent at once, or kept on this device until the network is back.
import { KEPT_HOURS } from "./behaviours/keeping.js";
import { read, remove, write } from "./behaviours/storage.js";

const PREFIX = "saem:roll:";
const ROWS = "saem:rows:";
const AGAIN_MS = 15_000;
const FIELDS = ["late", "early", "excuse", "note"];
const MOST_AT_ONCE = 200;

class Roll {
  constructor(form) {
    this.form = form;
    this.name = PREFIX + form.dataset.rollKey;
    this.rowsName = ROWS + form.dataset.rollKey;
    this.state = form.querySelector("[data-roll-state]");
    this.refused = form.querySelector("[data-roll-refused]");
    this.sending = false;
    this.waiting = read(this.name) ?? [];
  }

  start() {
    this.catchUp();
    this.waiting.forEach((press) => {
      this.fill(press);
      this.show(press.enrolment, this.form.dataset.waiting, "wait");
    });
    if (this.waiting.length) this.say();
    this.tellKept();
    this.form.addEventListener("change", (event) => this.changed(event.target));
    this.form.addEventListener("click", (event) => this.crossed(event));
    // Without a network a submission would lead away from the page that still keeps the presses.
    this.form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      this.say(this.form.dataset.offline);
    });
    window.addEventListener("online", () => this.flush());
    // Asking who is in now goes on by itself; that there is no network is said once, in the line above the list.
    document.addEventListener("htmx:sendError", (event) => this.unheard(event), true);
    setInterval(() => this.flush(), AGAIN_MS);
    if (this.waiting.length) this.flush();
  }

  // A kept page is older than what the server said since then: of rows that it knows better, that is shown.
  catchUp() {
    const known = read(this.rowsName);
    const isYoung = known?.at > Date.now() - KEPT_HOURS * 3600_000;
    for (const person of isYoung ? Object.values(known.people) : []) {
      if (this.row(person.enrolment) && person.seen > Number(this.part(person.enrolment, "seen").value)) this.update(person);
    }
  }

  tellKept() {
    const at = Number(this.form.dataset.keptAt);
    const note = document.querySelector("[data-roll-kept]");
    if (!at || !note) return;
    const time = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    note.querySelector("span").textContent = this.form.dataset.kept.replace("{time}", time);
    note.hidden = false;
  }

  unheard(event) {
    if (event.target instanceof Element && event.target.id === "live") event.stopPropagation();
  }

  row(person) {
    return this.form.querySelector(`[data-person="${person}"]`);
  }

  part(person, field) {
    return this.form.elements[`${field}.${person}`];
  }

  changed(part) {
    const person = part.closest?.("[data-person]")?.dataset.person;
    if (!person) return;
    const choice = this.part(person, "choice").value;
    // An excuse is chosen in two steps: without its kind there is nothing to send yet.
    if (choice === "excused" && !this.part(person, "excuse").value) return;
    // Minutes of another choice must not travel along.
    if (part.name.startsWith("choice.") && !/late|early/.test(choice)) {
      this.part(person, "late").value = this.part(person, "early").value = "";
    }
    this.keep(person, choice);
  }

  // "In now" and "out now" work without a network, too.
  crossed(event) {
    const button = event.target instanceof Element ? event.target.closest("button[name=action]") : null;
    const [way, person] = (button?.value ?? "").split(":");
    if (!person) return;
    event.preventDefault();
    this.keep(person, way);
  }

  keep(person, choice) {
    const press = { key: crypto.randomUUID?.() ?? fallbackKey(), enrolment: Number(person), choice };
    for (const field of FIELDS) press[field] = this.part(person, field).value;
    press.seen = Number(this.part(person, "seen").value);
    press.at = new Date().toISOString();
    const isCrossing = choice === "in" || choice === "out";
    // A mark that was not sent yet is replaced by the newer one; comings and goings all count.
    if (!isCrossing) {
      this.waiting = this.waiting.filter((one) => one.enrolment !== press.enrolment || one.sent || /^(in|out)$/.test(one.choice));
    }
    this.waiting.push(press);
    this.show(person, this.form.dataset.waiting, "wait");
    this.store();
    this.flush();
  }

  store() {
    if (this.waiting.length) write(this.name, this.waiting);
    else remove(this.name);
    this.say();
  }

  say(text = "") {
    const unsent = this.waiting.length ? this.form.dataset.unsent.replace("{n}", this.waiting.length) : this.form.dataset.sent;
    this.state.textContent = [text, unsent].filter(Boolean).join(" ");
  }

  show(person, word, tag) {
    const state = document.getElementById(`state-${person}`);
    if (!state) return;
    state.textContent = word;
    state.className = `tag ${tag}`;
  }

  async flush() {
    if (this.sending || !this.waiting.length) return;
    this.sending = true;
    const batch = this.waiting.slice(0, MOST_AT_ONCE);
    // What is on its way is not replaced by a newer tap: that one follows with what the answer says.
    for (const press of batch) press.sent = true;
    try {
      const answer = await fetch(this.form.dataset.roll, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ now: new Date().toISOString(), presses: batch }),
      });
      await this.settle(answer);
    } catch {
      this.say(this.form.dataset.offline);
    } finally {
      for (const press of this.waiting) delete press.sent;
      this.sending = false;
    }
  }

  async settle(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.say(this.form.dataset.signedOut);
      return;
    }
    if (!answer.ok) {
      this.say(this.form.dataset.failed);
      return;
    }
    const told = await answer.json();
    const answered = new Map(told.answers.map((one) => [one.key, one]));
    this.waiting = this.waiting.filter((press) => !answered.has(press.key));
    this.remember(told.people);
    for (const person of told.people) this.update(person);
    for (const one of told.answers) if (one.refused) this.refuse(one);
    this.store();
    if (this.waiting.length) setTimeout(() => this.flush());
  }

  remember(people) {
    const known = read(this.rowsName)?.people ?? {};
    for (const person of people) known[person.enrolment] = person;
    write(this.rowsName, { at: Date.now(), people: known });
  }

  // The row as it is written now; a newer tap that waits keeps its place and learns the revision.
  update(person) {
    const row = this.row(person.enrolment);
    if (!row) return;
    this.part(person.enrolment, "seen").value = person.seen;
    this.part(person.enrolment, "was").value = person.was;
    const newer = this.waiting.filter((press) => press.enrolment === person.enrolment);
    for (const press of newer) press.seen = person.seen;
    if (newer.length) return;
    this.fill(person);
    this.show(person.enrolment, person.word, person.tag);
  }

  fill(values) {
    if (!this.row(values.enrolment)) return;
    if (!/^(in|out)$/.test(values.choice)) {
      for (const radio of this.part(values.enrolment, "choice")) radio.checked = radio.value === values.choice;
    }
    for (const field of FIELDS) this.part(values.enrolment, field).value = values[field] ?? "";
  }

  refuse(one) {
    const line = document.createElement("li");
    line.textContent = `${this.row(one.enrolment)?.dataset.name ?? ""}: ${one.refused}`;
    this.refused.querySelector("ul").append(line);
    this.refused.hidden = false;
  }
}

// Only pages over HTTPS have randomUUID; a school's own server may stand without.
function fallbackKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A worker keeps this list for when there is no network. Without HTTPS, or where browsers have none, all is as before.
async function keepHere(form) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  // The worker that takes over now did not see this page come.
  serviceWorker.addEventListener("controllerchange", () => serviceWorker.controller?.postMessage({ keep: location.href }));
  await serviceWorker.register(form.dataset.worker, { scope: location.pathname });
}

document.querySelectorAll("form[data-roll]").forEach((form) => {
  new Roll(form).start();
  keepHere(form).catch(() => {});
});
