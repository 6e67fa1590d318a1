/**
 * A chapter's guide. Of a `guide.md` the introduction and the sections that are not in `GUIDE_HEADINGS` are written by hand; the rest is made
 * from the chapter's other files, so that nothing is said in two places: `UPDATE=1 node --import tsx --test test/tutorial/guides.test.ts`
 * writes it.
 */

import type {
  Chapter,
  Check,
  Language,
  Line,
  Switch,
  Switches,
  VaryingLine,
} from '../../extension/model/chapter.ts';
import { GUIDE_HEADINGS, guideSections } from '../../extension/model/guide-sections.ts';
import { chapters, type NamedChapter, numberOf, parts, readText } from './tutorial.ts';
import { viewTitle } from './view-title.ts';

/**
 * The guide as it should be.
 *
 * @param written the guide as it is.
 */
export function guideOf(chapter: NamedChapter, language: Language, written: string): string {
  const [introduction, ...sections] = guideSections(written, language);
  const prose = sections.filter(({ kind }) => kind === 'other');
  return `${[
    `# ${numberOf(chapter)} · ${chapter.title[language]}`,
    introduction?.text.trim(),
    ...program(chapter, language),
    ...prose.map(({ heading, text }) => `## ${heading}\n\n${text.trim()}`),
    ...expectations(chapter, language),
    ...watch(chapter, language),
    ...exercise(chapter, language),
    ...question(chapter, language),
    '---',
    navigation(chapter, language),
  ].join('\n\n')}\n`;
}

/** The table of contents: a section a part. */
export function contentsOf(language: Language): string {
  return parts
    .map(({ id, title }) => {
      const rows = chapters
        .filter(({ part }) => part === id)
        .map(
          (each) =>
            `${Number(numberOf(each))}. [${each.title[language]}](${each.folder}/${language}/guide.md)`,
        );
      return `### ${title[language]}\n\n${rows.join('\n')}`;
    })
    .join('\n\n');
}

/** The words of the made sections. */
const WORDS = {
  en: {
    contents: 'Contents',
    readme: 'README.md',
    file: 'In [program.ts](program.ts):',
    matches: (pattern: string) => `(a line like \`${pattern}\`)`,
    varies: '(or the like)',
    anyOrder: '(the next lines come in any order)',
    ordered: '(in order again)',
    nothing: 'Nothing.',
    errors: 'On stderr:',
    exitCode: (code: number) => `The program ends with exit code ${code}.`,
    columns: ['stops', 'runs next', 'why'],
    includes:
      'The order is not always the same, but these switches come one after the other, with others between them:',
    excludes: 'These never come:',
    is: (count: number) => `exactly ${count} times`,
    atLeast: (count: number) => `at least ${count} times`,
    atMost: (count: number) => `at most ${count} times`,
    counts: 'How often:',
    perGreenlet: 'Why each greenlet stops running, in its own order:',
    view: (title: string) => `View: **${title}**.`,
    files:
      'Start from [exercise.ts](exercise.ts). One answer is in [solution.ts](solution.ts); look only after you have tried.',
    prints: 'Right is a program that prints:',
    required: (pieces: string) => `It contains ${pieces}.`,
    forbidden: (pieces: string) => `It does without ${pieces}.`,
    and: ' and ',
    switches: 'Its switches are checked too.',
    other: '[简体中文](../zh-cn/guide.md)',
  },
  'zh-cn': {
    contents: '目录',
    readme: 'README.zh-cn.md',
    file: '文件 [program.ts](program.ts)：',
    matches: (pattern: string) => `（形如 \`${pattern}\` 的一行）`,
    varies: '（或类似内容）',
    anyOrder: '（以下各行顺序不定）',
    ordered: '（以下恢复固定顺序）',
    nothing: '没有输出。',
    errors: '标准错误输出：',
    exitCode: (code: number) => `程序以退出码 ${code} 结束。`,
    columns: ['停下的', '接着运行的', '原因'],
    includes: '每次的顺序不完全相同，但下面这些切换总会先后出现，中间可以夹着别的切换：',
    excludes: '下面这些切换绝不会出现：',
    is: (count: number) => `恰好 ${count} 次`,
    atLeast: (count: number) => `至少 ${count} 次`,
    atMost: (count: number) => `至多 ${count} 次`,
    counts: '出现的次数：',
    perGreenlet: '每个 greenlet 先后因为什么停下：',
    view: (title: string) => `视图：**${title}**。`,
    files:
      '从 [exercise.ts](exercise.ts) 开始。[solution.ts](solution.ts) 是一种答案，请先自己试过再看。',
    prints: '正确的程序会输出：',
    required: (pieces: string) => `程序中要有 ${pieces}。`,
    forbidden: (pieces: string) => `程序中不能有 ${pieces}。`,
    and: ' 和 ',
    switches: '切换的过程也会检查。',
    other: '[English](../en/guide.md)',
  },
} as const;

function program({ folder }: NamedChapter, language: Language): string[] {
  const code = readText(folder, language, 'program.ts').trimEnd();
  return [heading(language, 'program'), WORDS[language].file, block('ts', code)];
}

function expectations(chapter: Chapter, language: Language): string[] {
  const words = WORDS[language];
  const parts = [heading(language, 'output'), printed(chapter.output, language)];
  if (chapter.errors) parts.push(words.errors, printed(chapter.errors, language));
  if (chapter.exitCode) parts.push(words.exitCode(chapter.exitCode));
  return [...parts, heading(language, 'switches'), ...switches(chapter.switches, language)];
}

function printed(lines: readonly Line[], language: Language): string {
  if (lines.length === 0) return WORDS[language].nothing;
  return block(
    'text',
    lines.flatMap((line, i) => shown(line, language, i === lines.length - 1)).join('\n'),
  );
}

function shownVarying({ match, example }: VaryingLine, language: Language): string {
  const words = WORDS[language];
  return example === undefined ? words.matches(match) : `${example}  ${words.varies}`;
}

function shown(line: Line, language: Language, isLast: boolean): string[] {
  const words = WORDS[language];
  if (typeof line === 'string') return [line];
  if ('every' in line) return ['…'];
  if ('match' in line) return [shownVarying(line, language)];
  const inner = line.anyOrder.flatMap((each) => shown(each, language, false));
  return [words.anyOrder, ...inner, ...(isLast ? [] : [words.ordered])];
}

function switches(expected: Switches, language: Language): string[] {
  const words = WORDS[language];
  if (Array.isArray(expected)) return [table(expected, language)];
  const { includes, excludes, counts, perGreenlet } = expected;
  const parts: string[] = [];
  if (includes) parts.push(words.includes, table(includes, language));
  if (excludes) parts.push(words.excludes, table(excludes, language));
  if (counts) {
    const items = counts.map(({ of, is, atLeast, atMost }) => {
      const often = [
        is === undefined ? [] : words.is(is),
        atLeast === undefined ? [] : words.atLeast(atLeast),
        atMost === undefined ? [] : words.atMost(atMost),
      ].flat();
      return `* \`${of[0]} → ${of[1]} (${of[2]})\`: ${often.join(', ')}`;
    });
    parts.push(words.counts, items.join('\n'));
  }
  if (perGreenlet) {
    const items = Object.entries(perGreenlet);
    const rows = items.map(
      ([name, reasons]) => `* \`${name}\`: ${reasons.map((r) => `\`${r}\``).join(', ')}`,
    );
    parts.push(words.perGreenlet, rows.join('\n'));
  }
  return parts;
}

function table(rows: readonly Switch[], language: Language): string {
  const head = ['', ...WORDS[language].columns].join(' | ');
  const lines = rows.map(
    ([from, to, why], i) => `| ${i + 1} | \`${from}\` | \`${to}\` | \`${why}\` |`,
  );
  return [`| #${head} |`, '| --- | --- | --- | --- |', ...lines].join('\n');
}

function watch({ watch }: Chapter, language: Language): string[] {
  const view = WORDS[language].view(viewTitle(watch.view, language));
  return [heading(language, 'watch'), view, watch[language]];
}

function exercise({ exercise: { task, check } }: Chapter, language: Language): string[] {
  const words = WORDS[language];
  return [
    heading(language, 'exercise'),
    task[language],
    words.prints,
    printed(check.output, language),
    ...conditions(check, language),
    words.files,
  ];
}

function conditions({ switches, source }: Check, language: Language): string[] {
  const words = WORDS[language];
  const pieces = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(words.and);
  const parts: string[] = [];
  if (source?.required) parts.push(words.required(pieces(source.required)));
  if (source?.forbidden) parts.push(words.forbidden(pieces(source.forbidden)));
  if (switches) parts.push(words.switches);
  return parts.length === 0 ? [] : [parts.join(language === 'en' ? ' ' : '')];
}

function question({ question, answer }: Chapter, language: Language): string[] {
  return [
    heading(language, 'question'),
    question[language],
    heading(language, 'answer'),
    answer[language],
  ];
}

function navigation(chapter: NamedChapter, language: Language): string {
  const words = WORDS[language];
  const at = chapters.findIndex(({ folder }) => folder === chapter.folder);
  const link = (to: NamedChapter | undefined, before: string, after: string) =>
    to === undefined
      ? []
      : [
          `[${before}${numberOf(to)} ${to.title[language]}${after}](../../${to.folder}/${language}/guide.md)`,
        ];
  return [
    ...link(chapters[at - 1], '← ', ''),
    `[${words.contents}](../../${words.readme})`,
    words.other,
    ...link(chapters[at + 1], '', ' →'),
  ].join(' · ');
}

function heading(language: Language, of: keyof (typeof GUIDE_HEADINGS)['en']): string {
  return `## ${GUIDE_HEADINGS[language][of]}`;
}

function block(kind: string, text: string): string {
  return `\`\`\`${kind}\n${text}\n\`\`\``;
}
