/** The floors: how many requests a second HTTP alone and PostgreSQL alone can answer. */
@NullMarked
package io.parley.bench.floor;

import org.jspecify.annotations.NullMarked;
