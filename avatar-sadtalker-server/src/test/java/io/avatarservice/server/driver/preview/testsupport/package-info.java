/** Faces for tests: portraits painted by the computer, free of any licence, with known places of eyes and mouth. */
@NullMarked
package io.avatarservice.server.driver.preview.testsupport;

import org.jspecify.annotations.NullMarked;
