package io.parley.transfer;

import java.util.List;

/**
 * The result of an import. Each line, a conversation or a task, is counted once.
 *
 * @param imported lines that are new here
 * @param updated conversations that were here already and have new messages now
 * @param unchanged lines that were here already
 * @param failed the lines that were not stored, in document order
 * @param notes what was changed or left out of lines that were stored, and files that were not read
 */
public record ImportReport(int imported, int updated, int unchanged, List<LineRemark> failed, List<LineRemark> notes) {}
