/// The files that `wirewatch init` writes: small, complete, and with a comment where a choice is to be made.
enum StarterConfiguration {
    static let files = [(name: "config.yaml", text: configuration), (name: "rules.yaml", text: rules)]

    private static let configuration = #"""
        # wirewatch: what to watch, what to find, when to alert. After a change: wirewatch check && wirewatch reload
        # All options: wirewatch docs, or wirewatch plugins show NAME

        # Where wirewatch remembers what it has done.
        state: state

        sources:
          # Takes in every page, page-text dump, feed and .jsonl file that appears or changes in this folder.
          - name: inbox
            type: files
            path: inbox

          # Polls a feed; `wirewatch sources add URL` finds a site's feed and writes such an entry.
          # - name: robot-report
          #   type: feed
          #   url: https://example.org/robotics/feed/

        pipeline:
          # Makes articles of pages, of their text, and of feed items.
          - type: extract

          # Topics by weighted terms. Terms under `vague` support the others and never carry the topic alone.
          - type: classify
            topics:
              robotics:
                terms: [robot, humanoid, robotic arm, exoskeleton]
                vague: [automation, actuator]
              batteries:
                terms: [lithium, solid-state battery, cathode, gigafactory]
                vague: [battery, charging]

          # Quantities: orders, funding, prices, sizes, with value and unit.
          - type: metrics

          # Drops what came before, under the same or another address.
          - type: dedupe
            window: 30d

          # Puts the reports of one event into one story.
          - type: story

          # Alerts, by the rules in rules.yaml. `wirewatch explain FILE` shows why a rule held, or did not.
          - type: alert
            rules: !include rules.yaml

        sinks:
          - name: articles
            type: json_log
            path: logs/articles.jsonl
            records: articles

          - name: alerts
            type: json_log
            path: logs/alerts.jsonl
            records: alerts
            rotate: {max_size: 64MiB, every: 1d, keep: 30, compress: gzip}

          # Documents that could not be processed, with the reason.
          - name: dead_letters
            type: json_log
            path: logs/dead_letters.jsonl
            records: dead_letters

        """#

    private static let rules = #"""
        # The rules of the alert stage. `wirewatch test` runs the tests under them.

        - id: robots-at-work
          when:
            topic: robotics
            text: {any: [factory, warehouse, hospital]}
          alert: {severity: medium, message: "Robots at work: {title}"}
          tests:
            - {text: Humanoid robots start in a car factory, expect: alert, because: [robotics, factory]}
            - {text: Humanoid robots dance on a stage, expect: none}

        """#
}
