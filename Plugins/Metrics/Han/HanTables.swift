import WirewatchKit

/// What the Chinese grammar knows of words, in data: a line is a result, a colon, and the words that mean it.
enum HanTables {
    /// Units by the code that is reported.
    static let units: [(Dimension, String)] = [
        (.percent, "%: % ％ 个百分比\npp: 个百分点 百分点\nbp: 个基点 基点\n[ppth]: ‰"),
        (
            .time,
            "s: 秒 秒钟\nms: 毫秒\nus: 微秒\nns: 纳秒\nmin: 分钟\nh: 小时 个小时\nd: 天 个工作日\nwk: 周 星期 个星期\nmo: 个月\na: 年"
        ),
        (
            .length,
            "nm: 纳米\num: 微米\nmm: 毫米\ncm: 厘米\nm: 米\nkm: 公里 千米\n[mi_i]: 英里\n[nmi_i]: 海里\n[in_i]: 英寸\n[ft_i]: 英尺\n[ly]: 光年"
        ),
        (.area, "m2: 平方米 平米\nkm2: 平方公里 平方千米\nhar: 公顷\n{mu}: 亩"),
        (.volume, "L: 升\nmL: 毫升\nm3: 立方米\n[bbl_us]: 桶"),
        (.mass, "g: 克\nmg: 毫克\nkg: 公斤 千克\nt: 吨\n{jin}: 斤"),
        (.temperature, "Cel: 摄氏度 ℃"),
        (.power, "W: 瓦 瓦特\nkW: 千瓦\nMW: 兆瓦\nGW: 吉瓦\n[HP]: 马力 匹马力"),
        (.energy, "kW.h: 千瓦时 度电\nMW.h: 兆瓦时\nGW.h: 吉瓦时\nmA.h: 毫安时"),
        (.frequency, "Hz: 赫兹\nMHz: 兆赫 兆赫兹\nGHz: 吉赫 吉赫兹"),
        (.other, "V: 伏 伏特\ncd/m2: 尼特\ndB: 分贝\nMPa: 兆帕\nN.m: 牛米 牛·米"),
        (.data, "By: 字节\nbit: 比特"),
        (.ratio, "x: 倍"),
        (
            .money,
            """
            CNY: 元 元人民币 人民币元 人民币
            USD: 美元
            EUR: 欧元
            JPY: 日元
            KRW: 韩元
            GBP: 英镑
            HKD: 港元 港币
            TWD: 新台币 台币 元新台币
            INR: 卢比 印度卢比
            RUB: 卢布
            AUD: 澳元
            CAD: 加元
            SGD: 新元 新加坡元
            CHF: 瑞士法郎 瑞郎
            THB: 泰铢
            VND: 越南盾
            IDR: 印尼盾
            MYR: 林吉特
            BRL: 雷亚尔
            BTC: 比特币
            """
        ),
    ]

    /// What is counted, by the singular in English, so that one rule reads articles in both languages.
    static let nouns = """
        user: 用户 活跃用户 月活用户 日活用户 用户数
        customer: 客户
        robot: 机器人
        car: 汽车 轿车 乘用车 电动车 新能源车 小汽车
        vehicle: 车辆 车
        truck: 卡车
        phone: 手机
        smartphone: 智能手机
        chip: 芯片
        transistor: 晶体管
        parameter: 参数
        token: 词元 token tokens
        qubit: 量子比特
        company: 公司 企业 厂商
        store: 门店 商店 店铺
        employee: 员工 职工 雇员
        engineer: 工程师
        person: 人 人员 人次 民众
        country: 国家
        city: 城市
        province: 省份
        patent: 专利
        paper: 论文
        order: 订单
        satellite: 卫星
        station: 基站 充电站 车站
        charger: 充电桩
        drone: 无人机
        aircraft: 飞机 客机
        rocket: 火箭
        download: 下载 下载量
        job: 岗位 工作岗位
        student: 学生
        school: 学校
        hospital: 医院
        project: 项目
        server: 服务器
        GPU: 显卡 gpu gpus
        wafer: 晶圆
        factory: 工厂
        household: 家庭 住户
        resident: 居民
        developer: 开发者
        scientist: 科学家
        researcher: 研究人员 研究员
        follower: 粉丝
        view: 播放 播放量 浏览 阅读
        app: 应用
        model: 模型 大模型
        battery: 电池
        visitor: 游客 访客
        passenger: 旅客 乘客
        shipment: 出货量
        sale: 销量
        member: 会员
        subscriber: 订阅者 订户
        case: 病例 案例
        share: 股份
        mention: 提及
        """

    /// Words between a number and its noun, by what is counted when no noun follows.
    static let classifiers = """
        unit: 个 台 部 只 座 枚 颗 套 块 张 件 根 条 片
        vehicle: 辆
        company: 家
        aircraft: 架
        ship: 艘
        person: 名 位 人
        household: 户
        item: 项
        model: 款
        time: 次
        deal: 笔
        paper: 篇
        type: 种 类
        event: 场
        batch: 批
        share: 股
        vote: 票
        school: 所
        core: 核
        layer: 层
        copy: 份
        group: 组
        round: 轮
        character: 字
        frame: 帧
        pixel: 像素
        """

    /// What a rate may be per.
    static let denominators = """
        year: 年
        month: 月 个月
        week: 周 星期
        day: 天 日
        hour: 小时 时
        minute: 分钟
        second: 秒
        kilometre: 公里 千米
        person: 人
        share: 股
        barrel: 桶
        tonne: 吨
        kWh: 千瓦时 度 度电
        litre: 升
        vehicle: 辆
        unit: 台 个
        gram: 克
        kilogram: 公斤 千克
        """

    /// Rates that stand before what is made: `年产30万辆`.
    static let rates = """
        year: 年产 年销 年均 年销量 年产能 年产量 年营收 年收入 年销售额 每年
        month: 月产 月均 月销 每月
        day: 日均 日产 每天 每日
        hour: 时速 每小时
        second: 每秒
        week: 每周
        minute: 每分钟
        """

    /// Right before the number, and a part of the claim.
    static let qualifiers: [(Metric.Qualifier, String)] = [
        (.about, "约 大约 约为 大概 左右约"),
        (.nearly, "近 将近 接近 逼近"),
        (.over, "超 超过 超出 逾 高于 大于 多于 至少 不少于 不低于 超逾 上"),
        (.upTo, "最多 至多 多达 高达 最高 不超过 不多于 最大"),
        (.under, "不到 不足 低于 少于 小于"),
        (.estimated, "估计 估计约"),
    ]

    /// Right behind the claim.
    static let afterQualifiers: [(Metric.Qualifier, String)] = [
        (.about, "左右 上下"), (.over, "以上 之上"), (.upTo, "以内 之内"), (.under, "以下 之下"),
    ]

    /// Verbs that say the same without being a part of the claim.
    static let overVerbs = "突破 突破了 破 冲破 站上 迈过"

    static let rising =
        "增长 增长了 上升 上升了 提升 提升了 提高 提高了 增加 增加了 上涨 上涨了 大涨 涨 涨了 扩大 攀升 飙升 激增 上调 猛增 增 升 增幅 涨幅 升幅 增速 多出 翻"
    static let falling =
        "下降 下降了 下跌 下跌了 大跌 减少 减少了 降低 降低了 下滑 下滑了 缩减 跌 跌了 降 下调 缩短 缩短了 萎缩 裁减 降幅 跌幅 削减 节省 节约"
    static let reachingUp = "增至 升至 提升至 提高至 增长至 增加至 上升至 提升到 提高到 增长到 增加到 上升到 涨至 涨到 升到 扩大至 扩大到 攀升至"
    static let reachingDown = "降至 跌至 减至 下降至 降低至 下降到 降到 降低到 跌到 减少到 减少至 缩短至 缩短到 缩减至 下滑至 下调至"
    /// May stand between a verb of change and the number.
    static let fillers = "了 达 达到 为 近 约 超 超过 至 到 逾 大约 高达 将近 不到"

    static let modalities: [(Metric.Modality, String)] = [
        (.negated, "没有 未能 并未 并非 否认 尚未 从未"),
        (.possible, "可能 或将 或许 也许 如果 若 有可能 传闻"),
        (.expected, "预计 预测 预期 有望 预估 料 料将"),
        (.planned, "将 计划 拟 目标 力争 打算 旨在 争取 承诺 将会 规划"),
    ]

    static let reports = "表示 称 透露 指出 认为 预测 预计 宣布 介绍 披露 说 报道 显示 统计"

    /// Characters that a number, a rank or a phrase of time begins with, beside the words of time below.
    static let starters = "〇零一二两兩三四五六七八九十拾百千万萬亿億数几半第前截自到在过未最今近此接随"

    /// Times that need no number.
    static let periods =
        "去年 今年 明年 前年 上半年 下半年 本月 上月 上个月 本季度 上季度 第一季度 第二季度 第三季度 第四季度 一季度 二季度 三季度 四季度 全年 今年以来 去年同期 "
        + "本周 上周 当年 当月"
    /// A span of time behind them is no claim.
    static let horizons = "过去 未来 最近 今后 近 此前 接下来 随后"

    /// Cue words by kind.
    static let kinds = """
        downloads: 下载 安装量 装机
        users_usage: 用户 活跃 月活 日活 访问量 播放量 调用量 粉丝 会员
        customers_partners: 客户 合作伙伴 商户 签约
        funding: 融资 募资 募集 投资方 领投 轮融资 上市募资
        valuation: 估值 市值
        revenue_profit: 营收 收入 利润 净利 盈利 亏损 毛利 营业额 销售额
        price: 售价 价格 定价 起售价 单价 收费 订阅费
        orders_contracts: 订单 合同 采购 中标
        investment_capex: 投资 投入 资本支出 斥资 基金 补贴 收购
        market_size: 市场规模 产业规模 产值 总产值
        market_share: 份额 占比 市占率 占据
        unit_sales: 销量 出货 交付 售出 卖出 销售
        deployment: 部署 产能 投产 量产 年产 建成 投放 运营 生产 发射
        growth_change: 同比 环比 增长 增速 增幅
        cost_change: 成本
        speedup_efficiency: 效率 提速 加速 利用率 良率 良品率
        model_size: 参数 词元 上下文
        benchmark_score: 准确率 得分 评测 跑分 基准
        compute: 算力 显卡 服务器
        throughput_latency: 延迟 时延 吞吐
        hardware_spec: 芯片 晶体管 制程 工艺 内存 显存 电池 续航 屏幕 重量 时速
        quantum: 量子
        energy_emissions: 排放 发电 用电 能耗 装机容量 电力 储能 光伏 功耗
        headcount_layoffs: 员工 裁员 招聘 岗位 职工
        """
}
