/** The guide's page as HTML: a chapter's text, and places for what changes while its program is being debugged. */

import MarkdownIt from 'markdown-it';
import type { Language } from '../model/chapter.ts';
import { type GuideLabels, guideLabels } from '../model/guide-labels.ts';
import { GUIDE_HEADINGS, type GuideSection, guideSections } from '../model/guide-sections.ts';
import type { TutorialChapter } from './library.ts';

export interface GuidePage {
  chapter: TutorialChapter;
  language: Language;
  /** The chapter's `guide.md`. */
  markdown: string;
  previous: TutorialChapter | undefined;
  next: TutorialChapter | undefined;
}

/** What the page loads, as the editor serves it. */
export interface PageSources {
  /** What the content security policy allows. */
  cspSource: string;
  script: string;
  style: string;
}

/** The whole page. Everything that can be chosen on it has a `data-action`, which the script sends back. */
export function guidePage(page: GuidePage, { cspSource, script, style }: PageSources): string {
  const { chapter, language, markdown } = page;
  const labels = guideLabels(language);
  const title = escaped(chapter.chapter.title[language]);
  const sections = guideSections(markdown, language);
  return `<!DOCTYPE html>
<html lang="${language === 'en' ? 'en' : 'zh-Hans'}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src ${cspSource};">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body data-chapter="${chapter.id}" data-language="${language}"
 data-states="${escaped(JSON.stringify(labels.states))}" data-checks="${escaped(checkTexts(labels))}">
<nav>${navigation(page, labels)}</nav>
<h1>${escaped(numberOf(chapter))} · ${title}</h1>
<div class="buttons">${buttons([
    ['debug', labels.debug],
    ['run', labels.run],
    ['open', labels.open],
  ])}</div>
<section id="live">
<div role="status" aria-live="polite">
<h2>${escaped(labels.happened)}</h2>
<p id="idle">${escaped(labels.notRunning)}</p>
<ul id="happened"></ul>
<p id="now"></p>
<p id="next"><strong>${escaped(labels.next)}</strong> <span></span></p>
<p id="say"></p>
</div>
<details open><summary>${escaped(GUIDE_HEADINGS[language].switches)}</summary>
<ol id="switches" tabindex="0"></ol></details>
</section>
<main>
${sections.map((section) => sectionHtml(section, labels)).join('\n')}
</main>
<nav>${navigation(page, labels)}</nav>
<script src="${script}"></script>
</body>
</html>`;
}

function sectionHtml({ kind, heading, text }: GuideSection, labels: GuideLabels): string {
  const title = heading === '' ? '' : `<h2>${escaped(heading)}</h2>`;
  const body = MARKDOWN.render(text);
  switch (kind) {
    case 'program':
    case 'switches':
      // The program stands beside the guide; the switches are ticked off above the text.
      return '';
    case 'answer':
      return `<details><summary>${escaped(heading)}</summary>${body}</details>`;
    case 'exercise':
      return `<section>${title}${body}<div class="buttons">${buttons([
        ['exercise', labels.exercise],
        ['debugExercise', labels.debugExercise],
        ['check', labels.check],
        ['reset', labels.reset],
      ])}</div><div id="check" role="status" aria-live="polite"></div></section>`;
    default:
      return `<section>${title}${body}</section>`;
  }
}

function navigation({ previous, next, language }: GuidePage, labels: GuideLabels): string {
  const chapter = (each: TutorialChapter | undefined, before: string, after: string) =>
    each === undefined
      ? ''
      : link(
          `chapter:${each.id}`,
          `${before}${numberOf(each)} ${each.chapter.title[language]}${after}`,
        );
  return [
    chapter(previous, '← ', ''),
    link('contents', labels.contents),
    link('language', labels.otherLanguage),
    chapter(next, '', ' →'),
  ].join('');
}

function buttons(all: readonly (readonly [action: string, label: string])[]): string {
  return all
    .map(([action, label]) => `<button data-action="${action}">${escaped(label)}</button>`)
    .join('');
}

function link(action: string, text: string): string {
  return `<a href="#" data-action="${escaped(action)}">${escaped(text)}</a>`;
}

function checkTexts({ checking, canceled, solved, wrong }: GuideLabels): string {
  return JSON.stringify({ checking, canceled, solved, wrong });
}

function numberOf({ id }: TutorialChapter): string {
  return id.slice(0, 2);
}

function escaped(text: string): string {
  return MARKDOWN.utils.escapeHtml(text);
}

const MARKDOWN = markdownRenderer();

/** Markdown without HTML in it. Links within the tutorial become actions; those out of it stay links, which the editor opens. */
function markdownRenderer() {
  const markdown = new MarkdownIt({ html: false });
  // The editor's own links, to its commands, are not of the web.
  const validate = markdown.validateLink;
  markdown.validateLink = (url) => url.startsWith('command:') || validate(url);
  markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    const action = actionOf(String(token?.attrGet('href')));
    if (action !== undefined) {
      token?.attrSet('href', '#');
      token?.attrSet('data-action', action);
    }
    return renderer.renderToken(tokens, index, options);
  };
  return markdown;
}

/** What a link in a guide asks for; undefined for one that leads out of the tutorial. */
function actionOf(href: string): string | undefined {
  if (/^https?:/.test(href)) return undefined;
  if (href.startsWith('command:')) return href;
  const [, chapter] = /(\d\d-[\w-]+)\/[\w-]+\/guide\.md$/.exec(href) ?? [];
  if (chapter !== undefined) return `chapter:${chapter}`;
  if (href === 'program.ts') return 'open';
  if (href === 'exercise.ts') return 'exercise';
  if (href === 'solution.ts') return 'solution';
  return 'contents';
}
