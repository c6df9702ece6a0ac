// @ts-check
// QR codes (ISO/IEC 18004) of short texts: byte mode, error correction M, versions 1 to 10, mask 0.

// For each version: codewords of error correction a block, blocks of the first kind and their data codewords, blocks of the second
// kind, which have one more (table 9).
const BLOCKS = [[10, 1, 16, 0], [16, 1, 28, 0], [26, 1, 44, 0], [18, 2, 32, 0], [24, 2, 43, 0], [16, 4, 27, 0], [18, 4, 31, 0], [22, 2, 38, 2], [22, 3, 36, 2], [26, 4, 43, 1]];
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const FORMAT_MASK = 0x5412;

/** @returns {boolean[][]} the modules, true for dark; fails if the text is too long */
export function qrModules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = 1 + BLOCKS.findIndex((_, at) => bytes.length <= capacity(at + 1));
  if (version === 0) throw new RangeError('too long for a QR code');
  const size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const fixed = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const set = (row, column, dark) => {
    grid[row][column] = dark;
    fixed[row][column] = true;
  };
  drawPatterns(set, size, version);
  drawFormat(set, size);
  if (version >= 7) drawVersion(set, size, version);
  drawData(grid, fixed, size, codewords(bytes, version));
  return grid;
}

/** An image of the code as the address of an SVG, with the quiet zone that readers need. */
export function qrImage(text) {
  const modules = qrModules(text);
  const size = modules.length + 8;
  const path = modules.map((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')).join('')).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const dataSize = (version) => {
  const [, count, data, longer] = BLOCKS[version - 1];
  return count * data + longer * (data + 1);
};

const lengthBits = (version) => (version < 10 ? 8 : 16);

const capacity = (version) => Math.floor((dataSize(version) * 8 - 4 - lengthBits(version)) / 8);

function codewords(bytes, version) {
  const bits = [];
  const put = (value, count) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, lengthBits(version));
  bytes.forEach((byte) => put(byte, 8));
  const room = dataSize(version) * 8;
  put(0, Math.min(4, room - bits.length));
  while (bits.length % 8 > 0) bits.push(0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit, 0));
  for (let filler = 0xec; data.length < room / 8; filler ^= 0xec ^ 0x11) data.push(filler);
  return interleaved(data, version);
}

function interleaved(data, version) {
  const [correction, count, length, longer] = BLOCKS[version - 1];
  const blocks = [];
  for (let at = 0, block = 0; block < count + longer; block++) {
    const end = at + length + (block < count ? 0 : 1);
    blocks.push(data.slice(at, end));
    at = end;
  }
  const checks = blocks.map((block) => remainder(block, generator(correction)));
  const all = [];
  for (let at = 0; at <= length; at++) for (const block of blocks) if (at < block.length) all.push(block[at]);
  for (let at = 0; at < correction; at++) for (const check of checks) all.push(check[at]);
  return all;
}

// Products in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1.
function times(one, other) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}

function generator(degree) {
  /** @type {number[]} */
  const result = Array.from({ length: degree }, (_, at) => (at === degree - 1 ? 1 : 0));
  for (let step = 0, root = 1; step < degree; step++, root = times(root, 2)) {
    for (let at = 0; at < degree; at++) result[at] = times(result[at], root) ^ (result[at + 1] ?? 0);
  }
  return result;
}

function remainder(data, divisor) {
  const result = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ Number(result.shift());
    result.push(0);
    divisor.forEach((coefficient, at) => (result[at] ^= times(coefficient, factor)));
  }
  return result;
}

function drawPatterns(set, size, version) {
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
    for (let y = -4; y <= 4; y++) {
      for (let x = -4; x <= 4; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        if (row + y >= 0 && row + y < size && column + x >= 0 && column + x < size) set(row + y, column + x, ring !== 2 && ring !== 4);
      }
    }
  }
  const places = ALIGNMENT[version - 1];
  const last = places.length - 1;
  places.forEach((row, i) => places.forEach((column, j) => {
    if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
    for (let y = -2; y <= 2; y++) for (let x = -2; x <= 2; x++) set(row + y, column + x, Math.max(Math.abs(x), Math.abs(y)) !== 1);
  }));
}

// Level M is 00, and so is mask 0: the format is nothing but its mask.
function drawFormat(set, size) {
  const bit = (at) => ((FORMAT_MASK >> at) & 1) === 1;
  for (let at = 0; at <= 5; at++) set(at, 8, bit(at));
  set(7, 8, bit(6));
  set(8, 8, bit(7));
  set(8, 7, bit(8));
  for (let at = 9; at < 15; at++) set(8, 14 - at, bit(at));
  for (let at = 0; at < 8; at++) set(8, size - 1 - at, bit(at));
  for (let at = 8; at < 15; at++) set(size - 15 + at, 8, bit(at));
  set(size - 8, 8, true);
}

function drawVersion(set, size, version) {
  let rest = version;
  for (let step = 0; step < 12; step++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at++) {
    const dark = ((bits >> at) & 1) === 1;
    const long = size - 11 + (at % 3);
    const short = Math.floor(at / 3);
    set(short, long, dark);
    set(long, short, dark);
  }
}

function drawData(grid, fixed, size, data) {
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      for (const column of [right, right - 1]) {
        const isUpward = ((right + 1) & 2) === 0;
        const row = isUpward ? size - 1 - step : step;
        if (fixed[row][column]) continue;
        const bit = at < data.length * 8 && ((data[at >> 3] >> (7 - (at & 7))) & 1) === 1;
        at++;
        grid[row][column] = bit !== ((row + column) % 2 === 0);
      }
    }
  }
}
