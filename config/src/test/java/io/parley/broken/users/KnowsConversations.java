package io.parley.broken.users;

import io.parley.broken.conversations.KnowsMessages;

/** No module knows a sibling, and only its verticle is public. */
public record KnowsConversations(KnowsMessages known) {}
