package io.parley.transfer.sources;

import java.util.List;

/**
 * A conversation of another product.
 *
 * @param messages of all branches, ordered by time; a parent comes before the messages that follow it
 */
public record SourceConversation(SourceHead head, List<SourceMessage> messages) {}
