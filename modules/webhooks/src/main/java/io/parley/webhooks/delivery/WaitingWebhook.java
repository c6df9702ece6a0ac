package io.parley.webhooks.delivery;

import io.parley.contracts.users.StoredSecrets.Place;

/**
 * A webhook for which something is due.
 *
 * @param isFailing whether the last attempt failed
 */
record WaitingWebhook(Place place, boolean isFailing) {}
