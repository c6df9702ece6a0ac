/** The web app: its files, and its sessions, which a cookie keeps. */
@NullMarked
package io.parley.gateway.web;

import org.jspecify.annotations.NullMarked;
