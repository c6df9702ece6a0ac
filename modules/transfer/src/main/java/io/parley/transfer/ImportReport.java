package io.parley.transfer;

import java.util.List;

/**
 * The result of an import.
 *
 * @param imported the number of lines that are stored now, each a conversation or a task; lines that a previous import with
 *     the same namespace has stored are included
 * @param failed the lines that were not stored, in document order
 */
public record ImportReport(int imported, List<FailedLine> failed) {}
