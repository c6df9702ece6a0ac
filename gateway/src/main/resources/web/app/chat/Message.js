// @ts-check
import { html, Component } from '../core/view.js';
import { w } from '../core/words.js';
import { Markdown } from '../markdown/Markdown.js';
import { MessageActions } from './MessageActions.js';
import { MessageEditor } from './MessageEditor.js';
import { MessageFiles } from './MessageFiles.js';
import { Reasoning, ToolCall } from './ToolCall.js';
import { readCall } from './exchanges.js';

/** A stored message. It is rendered again only if it has changed, because a conversation may have hundreds on the page. */
export class Message extends Component {
  state = { isEditing: false };

  shouldComponentUpdate(next, state) {
    const { message, isBusy, results } = this.props;
    return state !== this.state || next.isBusy !== isBusy || next.message !== message
      || (message.tool_calls && next.results?.size !== results?.size);
  }

  render({ thread, message, results, isBusy }, { isEditing }) {
    const isOwn = message.role === 'user';
    const edit = () => this.setState({ isEditing: true });
    const done = () => this.setState({ isEditing: false });
    return html`<article id=${`m-${message.id}`} class=${isOwn ? 'message own' : 'message'} aria-label=${isOwn ? w.you : w.assistant} tabindex="-1">
      ${isEditing
        ? html`<${MessageEditor} thread=${thread} message=${message} onDone=${done} />`
        : html`<${MessageFiles} message=${message} />
          ${isOwn ? message.content && html`<div class="own-text" dir="auto">${message.content}</div>` : answer(message, results)}
          <${MessageActions} thread=${thread} message=${message} isBusy=${isBusy} onEdit=${edit} />`}
    </article>`;
  }
}

function answer(message, results) {
  const ended = message.metadata?.status === 'incomplete' ? w.endings[message.metadata.reason] : undefined;
  return html`
    ${message.reasoning && html`<${Reasoning} text=${message.reasoning} />`}
    ${message.content && html`<${Markdown} text=${message.content} />`}
    ${(message.tool_calls ?? []).map((call) => html`<${ToolCall} key=${call.id} call=${readCall(call, results)} />`)}
    ${ended && html`<p class="quiet">${ended}</p>`}`;
}
