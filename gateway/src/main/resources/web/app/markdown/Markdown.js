// @ts-check
// Markdown as elements: the lexer's tokens become nodes, and HTML in a text stays text. So nothing has to be sanitised.
import { html, h, useMemo } from '../core/view.js';
import { lex } from './lexer.js';
import { target } from './links.js';
import { decode } from './entities.js';
import { CodeBlock } from './CodeBlock.js';
import { Formula } from './Formula.js';

export function Markdown({ text }) {
  const tokens = useMemo(() => lex(text), [text]);
  return html`<div class="markdown">${blocks(tokens)}</div>`;
}

function blocks(tokens, isWithin = false) {
  return tokens.map((token) => block(token, isWithin));
}

// Lists and quotations take their direction from their text, which browsers look for only outside of elements that have a direction
// themselves. So paragraphs within them have none: the style sheet gives each its own.
function block(token, isWithin) {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return h(`h${Math.min(6, token.depth + 2)}`, { dir: 'auto' }, inlines(token.tokens));
    case 'paragraph':
      return html`<p dir=${isWithin ? undefined : 'auto'}>${inlines(token.tokens)}</p>`;
    case 'code':
      return html`<${CodeBlock} text=${token.text} language=${(token.lang ?? '').split(/\s/)[0]} />`;
    case 'blockquote':
      return html`<blockquote dir="auto">${blocks(token.tokens, true)}</blockquote>`;
    case 'list':
      return list(token);
    case 'table':
      return table(token);
    case 'hr':
      return html`<hr />`;
    case 'mathBlock':
      return html`<${Formula} source=${token.text} raw=${token.raw.trim()} isBlock=${true} />`;
    case 'html':
      return html`<p class="verbatim" dir="auto">${token.raw.replace(/\n+$/, '')}</p>`;
    case 'text':
      return token.tokens ? html`<span dir=${isWithin ? undefined : 'auto'}>${inlines(token.tokens)}</span>` : decode(token.text);
    default:
      return token.tokens ? inline(token) : token.raw;
  }
}

function list(token) {
  const items = token.items.map((item) => html`<li class=${item.task ? 'task' : undefined}>
    ${item.task && html`<span role="img" aria-label=${item.checked ? '✓' : '○'} class=${item.checked ? 'box full' : 'box'}></span>`}
    ${blocks(item.tokens.filter((each) => each.type !== 'checkbox'), true)}</li>`);
  return token.ordered ? html`<ol dir="auto" start=${token.start === 1 ? undefined : token.start}>${items}</ol>` : html`<ul dir="auto">${items}</ul>`;
}

function table(token) {
  const cell = (name, each, at) => h(name, { dir: 'auto', class: token.align[at] ? `align-${token.align[at]}` : undefined }, inlines(each.tokens));
  return html`<div class="scroll" tabindex="0"><table>
    <thead><tr>${token.header.map((each, at) => cell('th', each, at))}</tr></thead>
    <tbody>${token.rows.map((row) => html`<tr>${row.map((each, at) => cell('td', each, at))}</tr>`)}</tbody>
  </table></div>`;
}

function inlines(tokens = []) {
  return tokens.map((token) => inline(token));
}

function inline(token) {
  switch (token.type) {
    case 'strong':
      return html`<strong>${inlines(token.tokens)}</strong>`;
    case 'em':
      return html`<em>${inlines(token.tokens)}</em>`;
    case 'del':
      // The lexer also takes a single tilde, which people write for "about" and for home folders.
      return token.raw.startsWith('~~') ? html`<del>${inlines(token.tokens)}</del>` : ['~', inlines(token.tokens), '~'];
    case 'codespan':
      return html`<code dir="ltr">${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return link(token.href, inlines(token.tokens), token.raw);
    case 'image':
      return link(token.href, token.text || token.href, token.raw);
    case 'math':
      return html`<${Formula} source=${token.text} raw=${token.raw} isBlock=${token.isBlock} />`;
    case 'checkbox':
      return null;
    case 'text':
      return token.tokens ? inlines(token.tokens) : decode(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function link(href, children, raw) {
  const to = target(href);
  if (!to) return raw;
  return to.isOwn
    ? html`<a href=${to.href}>${children}</a>`
    : html`<a href=${to.href} target="_blank" rel="noopener noreferrer">${children}</a>`;
}
