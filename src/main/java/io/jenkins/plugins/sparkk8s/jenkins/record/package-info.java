/**
 * What is stored of the applications of a build: {@code ApplicationRecord}, the small values that it is composed of, and its files. It
 * begins no work, and knows neither a cluster nor who shows it. A class that is stored belongs here, and nothing that is only shown.
 * Uses {@code stored}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.record;
