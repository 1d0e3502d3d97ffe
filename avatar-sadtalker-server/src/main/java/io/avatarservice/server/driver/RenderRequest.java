package io.avatarservice.server.driver;

import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.Picture;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a driver renders.
 *
 * @param portrait the decoded portrait, upright
 * @param speech the checked, still undecoded speech recording
 * @param options the checked options, complete with defaults
 * @param videos files of the options that are videos, by the option's name
 */
public record RenderRequest(Picture portrait, AudioClip speech, RenderOptions options, Map<String, Path> videos) {}
