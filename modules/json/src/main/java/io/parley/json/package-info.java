/** JSON: records in the spelling of the API, and strict reading with errors for its callers. */
@NullMarked
package io.parley.json;

import org.jspecify.annotations.NullMarked;
