/** What the webhooks module answers. */
@NullMarked
package io.parley.contracts.webhooks;

import org.jspecify.annotations.NullMarked;
