/** The API as a client of the running jar sees it, and its contract, which every answer is checked against. */
@NullMarked
package io.parley.config.system.client;

import org.jspecify.annotations.NullMarked;
