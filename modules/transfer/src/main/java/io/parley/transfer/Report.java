package io.parley.transfer;

import java.util.List;

/**
 * What became of an import.
 *
 * @param imported how many lines, each a conversation or a task
 * @param failed the lines that were not taken in, in their order
 */
public record Report(int imported, List<Failure> failed) {}
