/// Query parameters that say where a reader came from and nothing about the page.
enum TrackingParameters {
    /// - Parameter parameter: `name=value`, percent-encoded.
    static func contains(_ parameter: Substring, ownHosts: [String]) -> Bool {
        let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = URLParser.decoded(Array(parts[0].utf8)[...]).lowercased()
        if names.contains(name) || prefixes.contains(where: name.hasPrefix) { return true }
        // These have other uses as well: `?source=rss` may be a filter.
        guard parts.count == 2, name == "ref" || name == "source" || name == "via" else { return false }
        let value = URLParser.decoded(Array(parts[1].utf8)[...]).lowercased()
        return ownHosts.contains { $0.lowercased() == value }
    }

    private static let prefixes = [
        "utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "__hs", "at_custom", "ns_", "wt_",
    ]

    private static let names: Set<String> = [
        // Advertising clicks.
        "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "fbclid", "msclkid", "twclid",
        "ttclid", "yclid", "ymclid", "li_fat_id", "rdt_cid", "epik", "sccid", "irclickid", "wickedid", "rb_clickid",
        "srsltid", "_openstat", "cjevent", "awc",
        // Social networks.
        "igshid", "igsh", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "__twitter_impression", "ref_src",
        "ref_url", "soc_src", "soc_trk", "share_source", "xhsshare", "smid", "smtyp", "sr_share",
        // Newsletters.
        "mc_cid", "mc_eid", "_hsenc", "_hsmi", "hsctatracking", "mkt_tok", "vero_id", "vero_conv", "oly_enc_id",
        "oly_anon_id", "ml_subscriber", "ml_subscriber_hash", "bsft_clkid", "bsft_eid", "bsft_mid", "bsft_uid",
        "_kx", "_ke", "ck_subscriber_id", "elqtrack", "elqtrackid", "sc_eid", "emci", "emdi", "ceid", "nlid",
        "et_rid", "dm_i", "cm_mmc", "ss_email_id", "sfmc_id",
        // Analytics.
        "_ga", "_gl", "s_cid", "s_kwcid", "xtor", "spm", "cmpid", "ncid", "ocid", "icid", "mbid", "trk", "trkcampaign",
        "at_medium", "at_campaign", "at_link_id", "at_link_type", "at_link_origin", "at_ptr_name", "at_format",
        "guccounter", "guce_referrer", "guce_referrer_sig", "_branch_match_id", "_branch_referrer", "taid", "partnerid",
        "campaign_id", "campaign_medium", "campaign_name", "campaign_source", "campaign_term", "campaign_content",
    ]
}
