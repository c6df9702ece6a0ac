// @ts-check

/** What changes while a list is being read. The answer may be older: what it says of these must not count. */
export class ChangesMeanwhile {
  /** @type {Set<Map<string, any>>} */
  #readings = new Set();

  /**
   * @template T
   * @param {() => Promise<T>} read
   * @returns {Promise<{answer: T, changes: Map<string, any>}>} the changes by id; null is what was deleted
   */
  async during(read) {
    const changes = new Map();
    this.#readings.add(changes);
    try {
      return { answer: await read(), changes };
    } finally {
      this.#readings.delete(changes);
    }
  }

  /** @param {string} id @param {any} item null if it is no longer in the list */
  note(id, item) {
    for (const changes of this.#readings) changes.set(id, item);
  }
}
