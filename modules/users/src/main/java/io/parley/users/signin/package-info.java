/** Registration, login and passwords. */
@NullMarked
package io.parley.users.signin;

import org.jspecify.annotations.NullMarked;
