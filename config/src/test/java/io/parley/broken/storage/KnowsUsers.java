package io.parley.broken.storage;

import io.parley.broken.users.KnowsConversations;

/** Storage knows the kernel alone. */
public record KnowsUsers(KnowsConversations known) {}
