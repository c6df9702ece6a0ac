// @ts-check
import { Marked } from '../../lib/marked.js';

// A currency sign is no formula: Pandoc wants no blank inside the dollars, and no digit behind the closing one.
const DOLLARS = /^\$(?![\s$])((?:\\.|[^\\$\n])*?[^\s\\$])\$(?!\d)/;
/** @type {[RegExp, boolean][]} */
const INLINE = [[/^\$\$([^$]+?)\$\$/, true], [DOLLARS, false], [/^\\\(([\s\S]+?)\\\)/, false], [/^\\\[([\s\S]+?)\\\]/, true]];
const BLOCK = /^(?:\$\$\s*\n?([\s\S]+?)\n?\s*\$\$|\\\[\s*\n?([\s\S]+?)\n?\s*\\\])[ \t]*(?:\n+|$)/;

/** @type {import('../../lib/marked.js').TokenizerExtension} */
const math = {
  name: 'math',
  level: 'inline',
  start: (text) => text.match(/\$|\\[([]/)?.index,
  tokenizer(text) {
    for (const [pattern, isBlock] of INLINE) {
      const found = pattern.exec(text);
      if (found) return { type: 'math', raw: found[0], text: found[1], isBlock };
    }
    return undefined;
  },
};

/** @type {import('../../lib/marked.js').TokenizerExtension} */
const mathBlock = {
  name: 'mathBlock',
  level: 'block',
  start: (text) => text.match(/^(?:\$\$|\\\[)/m)?.index,
  tokenizer(text) {
    const found = BLOCK.exec(text);
    return found ? { type: 'mathBlock', raw: found[0], text: (found[1] ?? found[2]).trim() } : undefined;
  },
};

const marked = new Marked({ gfm: true });
marked.use({ extensions: [mathBlock, math] });

/** The tokens of a text; of one that the lexer cannot read, the text alone. */
export function lex(text) {
  try {
    return marked.lexer(text);
  } catch {
    return [{ type: 'html', raw: text }];
  }
}
