/** From the sound of speech to what SadTalker's audio networks read: 16 kHz samples, mel spectrogram, windows. */
@NullMarked
package io.avatarservice.server.driver.sadtalker.audio;

import org.jspecify.annotations.NullMarked;
