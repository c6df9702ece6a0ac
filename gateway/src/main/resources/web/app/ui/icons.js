// @ts-check
import { html } from '../core/view.js';

const PATHS = {
  plus: 'M12 5v14M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16.500 16.500 20 20',
  tasks: 'M4 7l1.500 1.500L8 6M4 16l1.500 1.500L8 15M11 7h9M11 16h9',
  trash: 'M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5',
  usage: 'M5 20V12M12 20V5M19 20v-5',
  settings: 'M4 8h9M17 8h3M15 6v4M4 16h3M11 16h9M9 14v4',
  admin: 'M12 3.500 5 6v5.500c0 4.500 3 7.500 7 9 4-1.500 7-4.500 7-9V6z',
  leave: 'M14 5h4.500v14H14M10 8l-4 4 4 4M6 12h9',
  edit: 'M5 19l1-4L16 5l3 3L9 18z',
  copy: 'M9 9h10v11H9zM6 15H5V4h10v1',
  again: 'M19 8a7.500 7.500 0 1 0 .5 6M19.500 4v4.500H15',
  left: 'm14 6-6 6 6 6',
  right: 'm10 6 6 6-6 6',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M7 7h10v10H7z',
  down: 'M12 5v14M6 13l6 6 6-6',
  more: 'm7 10 5 5 5-5',
  download: 'M12 4v11M7 10.500l5 5 5-5M5 20h14',
  good: 'M7 11v9H4v-9zM7 11l4-7c1.500 0 2.500 1 2 3l-.5 3H19l-1.500 9H7',
  bad: 'M7 13V4H4v9zM7 13l4 7c1.500 0 2.500-1 2-3l-.5-3H19L17.500 5H7',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  tool: 'M14 6a4 4 0 0 0-5 5l-5 5 3 3 5-5a4 4 0 0 0 5-5l-2.500 2.500L12 9z',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5',
  archive: 'M4 5h16v4H4zM5.500 9v10h13V9M10 13h4',
  attach: 'm8 12.500 6-6a3 3 0 0 1 4.200 4.200l-7.500 7.500a4.800 4.800 0 0 1-6.800-6.800L11 4.500',
  chat: 'M5 5h14v11h-8l-4 3.500V16H5z',
};

export function Icon({ name, size = 20 }) {
  return html`<svg width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}

/** A button that shows an icon alone and is called by its label. */
export function IconButton({ icon, label, size, ...rest }) {
  return html`<button type="button" aria-label=${label} title=${label} class="icon" ...${rest}><${Icon} name=${icon} size=${size} /></button>`;
}
