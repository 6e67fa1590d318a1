/** The script of the guide's page: shows the state that it is told, and sends back what is chosen. Runs in the page. */

import type { FromGuide, GuideState, ToGuide } from '../model/guide-state.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromGuide): void;
  setState(state: object): void;
};

type CheckTexts = Record<'checking' | 'canceled' | 'solved' | 'wrong', string>;

const editor = acquireVsCodeApi();
const { chapter, states = '{}', checks = '{}' } = document.body.dataset;
const stateTexts: Record<string, string> = JSON.parse(states);
const checkTexts: CheckTexts = JSON.parse(checks);

// What the editor gives back when the window is loaded anew.
editor.setState({ chapter });

document.addEventListener('click', (event) => {
  const chosen = (event.target as Element | null)?.closest<HTMLElement>('[data-action]');
  const action = chosen?.dataset.action;
  if (action === undefined) return;
  event.preventDefault();
  editor.postMessage({ kind: 'act', action });
});

window.addEventListener('message', ({ data }: MessageEvent<ToGuide>) => show(data.state));

editor.postMessage({ kind: 'ready' });

function show(state: GuideState): void {
  document.body.dataset.program = state.program;
  document.body.dataset.pauses = String(state.pauses);
  const isFollowing = state.program !== 'none';
  element('idle').hidden = isFollowing;
  fill('happened', state.happened, (text) => item(text));
  put('now', state.now);
  element('say').hidden = state.say === '';
  element('say').replaceChildren(...withCode(state.say));
  put('next', state.next, element('next').querySelector('span'));
  fill('switches', state.switches, ({ text, state: mark }) => {
    const entry = item(text);
    entry.dataset.state = mark;
    entry.ariaLabel = `${text}: ${stateTexts[mark] ?? mark}`;
    return entry;
  });
  showNextSwitch(element('switches'));
  if (document.getElementById('check') !== null) showCheck(state.check);
}

/** Scrolls a long list, and not the page, to the first switch that has not been made. */
function showNextSwitch(list: HTMLElement): void {
  const open = list.querySelector<HTMLElement>('[data-state="open"]') ?? list.lastElementChild;
  if (!(open instanceof HTMLElement)) return;
  list.scrollTop = open.offsetTop - list.clientHeight / 2;
}

function showCheck(check: GuideState['check']): void {
  const place = element('check');
  const isNews = place.dataset.kind !== check.kind;
  place.dataset.kind = check.kind;
  place.replaceChildren();
  if (check.kind === 'none') return;
  place.append(paragraph(checkTexts[check.kind]));
  if (check.kind === 'wrong') {
    const list = document.createElement('ul');
    list.append(...check.problems.map(item));
    place.append(list);
  }
  if (isNews) place.scrollIntoView({ block: 'center' });
}

/** Shows a text, or nothing where it is empty. */
function put(id: string, text: string, place: Element | null = element(id)): void {
  element(id).hidden = text === '';
  if (place !== null) place.textContent = text;
}

function fill<T>(id: string, values: readonly T[], make: (value: T) => HTMLElement): void {
  element(id).replaceChildren(...values.map(make));
}

function item(text: string): HTMLElement {
  const entry = document.createElement('li');
  entry.textContent = text;
  return entry;
}

/** A text in which backquotes mark code. */
function withCode(text: string): (string | HTMLElement)[] {
  return text.split('`').map((piece, i) => {
    if (i % 2 === 0) return piece;
    const code = document.createElement('code');
    code.textContent = piece;
    return code;
  });
}

function paragraph(text: string): HTMLElement {
  const entry = document.createElement('p');
  entry.textContent = text;
  return entry;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element ${id}.`);
  return found;
}
