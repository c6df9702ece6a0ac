package io.parley.gateway.openai.items;

import io.parley.contracts.messages.MessageDraft;
import io.parley.gateway.attachments.SentFile;
import java.util.List;

/**
 * Items of a request as messages.
 *
 * @param params the name of the content of each message in the request
 * @param files that the messages name and that came with them
 */
public record ReadItems(List<MessageDraft> drafts, List<String> params, List<SentFile> files) {}
