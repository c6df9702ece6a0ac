package io.parley.gateway.limits;

import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;

/**
 * How much one user or address may ask for.
 *
 * @param requests of a user
 * @param requestsPerAddress without valid credentials
 * @param concurrent a user's requests in progress, without streams
 * @param streams a user's streams of events
 * @param searches a user's searches in progress
 */
public record RequestLimitSettings(
        Limit<Rates> requests, Limit<Rates> requestsPerAddress, Limit<Integer> concurrent, int streams, int searches) {}
