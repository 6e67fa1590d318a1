/** The sections of a chapter's `guide.md` that every chapter has, by their headings. */

import type { Language } from './chapter.ts';

export const GUIDE_HEADINGS = {
  en: {
    program: 'The program',
    output: 'Expected output',
    switches: 'Expected switches',
    watch: 'Watch it',
    exercise: 'Exercise',
    question: 'Question',
    answer: 'Answer',
  },
  'zh-cn': {
    program: '程序',
    output: '预期输出',
    switches: '预期切换',
    watch: '动手观察',
    exercise: '练习',
    question: '问题',
    answer: '答案',
  },
} as const satisfies Record<Language, Record<string, string>>;

export type GuideSectionKind = keyof (typeof GUIDE_HEADINGS)['en'] | 'introduction' | 'other';

export interface GuideSection {
  kind: GuideSectionKind;
  /** The text of the heading; empty for the introduction's, which is the chapter's title. */
  heading: string;
  /** The Markdown below the heading. */
  text: string;
}

/** Takes a guide apart. What follows the last rule, the links to other chapters, is left out. */
export function guideSections(markdown: string, language: Language): GuideSection[] {
  const end = markdown.lastIndexOf('\n---\n');
  const [head = '', ...rest] = (end < 0 ? markdown : markdown.slice(0, end)).split(/^(?=## )/m);
  const introduction = head.replace(/^# .*\n/, '');
  const kinds = Object.entries(GUIDE_HEADINGS[language]) as [GuideSectionKind, string][];
  const sections = rest.map((section): GuideSection => {
    const [, heading = '', text = ''] = /^## (.*)\n([\s\S]*)$/.exec(section) ?? [];
    const kind = kinds.find(([, each]) => each === heading.trim())?.[0] ?? 'other';
    return { kind, heading: heading.trim(), text };
  });
  return [{ kind: 'introduction', heading: '', text: introduction }, ...sections];
}
