/** What the API does with the data of its users. */
@NullMarked
package io.parley.config.system.rest;

import org.jspecify.annotations.NullMarked;
