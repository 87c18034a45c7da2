// Lines with a problem are coloured and carry a sign; the words stand below the editor.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const set = StateEffect.define();
const LOOKS = { true: Decoration.line({ class: "wrong" }), false: Decoration.line({ class: "doubtful" }) };

function decorations(doc, problems) {
  const worst = new Map();
  for (const { line, isGrave } of problems) {
    const number = Math.min(Math.max(line, 1), doc.lines);
    worst.set(number, isGrave || worst.get(number) || false);
  }
  return Decoration.set([...worst].map(([number, isGrave]) => LOOKS[isGrave].range(doc.line(number).from)), true);
}

export const marking = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(set)) return decorations(transaction.state.doc, effect.value);
    }
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function mark(view, problems) {
  view.dispatch({ effects: set.of(problems) });
}
