/** What holds for every operation of the contract: bad input, isolation, idempotency, HTTP. */
@NullMarked
package io.parley.config.system.contract;

import org.jspecify.annotations.NullMarked;
