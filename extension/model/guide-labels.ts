/** The words on the guide's page around the chapter's own text, in the tutorial's languages. */

import type { Language } from './chapter.ts';

export interface GuideLabels {
  open: string;
  run: string;
  debug: string;
  exercise: string;
  debugExercise: string;
  check: string;
  reset: string;
  contents: string;
  /** The other language, in its own words. */
  otherLanguage: string;
  otherLanguageCode: Language;
  happened: string;
  next: string;
  notRunning: string;
  checking: string;
  solved: string;
  wrong: string;
  canceled: string;
  /** In words for who cannot see the marks of a list. */
  states: Record<'open' | 'done' | 'wrong', string>;
}

const LABELS: Record<Language, GuideLabels> = {
  en: {
    open: 'Open program',
    run: 'Run',
    debug: 'Debug',
    exercise: 'Open exercise',
    debugExercise: 'Debug exercise',
    check: 'Check my answer',
    reset: 'Reset',
    contents: 'All chapters',
    otherLanguage: '中文',
    otherLanguageCode: 'zh-cn',
    happened: 'What just happened',
    next: 'Next',
    notRunning: 'Debug the program: at each pause this says what just happened.',
    checking: 'The exercise is running…',
    solved: 'Solved. That is right.',
    wrong: 'Not yet:',
    canceled: 'The check was canceled.',
    states: { open: 'not yet', done: 'done', wrong: 'not as expected' },
  },
  'zh-cn': {
    open: '打开程序',
    run: '运行',
    debug: '调试',
    exercise: '打开练习',
    debugExercise: '调试练习',
    check: '检查答案',
    reset: '重置',
    contents: '全部章节',
    otherLanguage: 'English',
    otherLanguageCode: 'en',
    happened: '刚才发生了什么',
    next: '接下来',
    notRunning: '开始调试程序：每次暂停，这里都会告诉你刚才发生了什么。',
    checking: '正在运行练习……',
    solved: '解出来了，答案正确。',
    wrong: '还不对：',
    canceled: '检查已取消。',
    states: { open: '尚未发生', done: '已发生', wrong: '与预期不符' },
  },
};

/** The labels of a language. */
export function guideLabels(language: Language): GuideLabels {
  return LABELS[language];
}
